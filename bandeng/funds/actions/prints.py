"""Papers for many homes as one file: asked for, printed part by part in the background, put away.

Each part is a transaction of its own: what is printed stays printed when a process dies, and the
next one goes on from there.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bandeng.funds.actions.reckonings import draw_up
from bandeng.funds.models import (
    Printing,
    PrintKind,
    PrintPart,
    PrintState,
    SupervisedAccount,
)
from bandeng.funds.parameters import house
from bandeng.funds.permissions import can_collect
from bandeng.funds.standing.asking import Ask, asks_of
from bandeng.funds.standing.reckonings import unsigned_reckonings
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.post.actions import tell
from bandeng.trail.actions import record
from bandeng.trail.rules import HOUSE


class PrintRefused(Refused):
    """Nothing can be printed so."""


class Press(Protocol):
    """What makes pages out of rows; it writes nothing."""

    def pages(self, printing: Printing, keys: Sequence[int], /) -> tuple[bytes | None, int]:
        """Print these rows of a printing. Returns: a PDF, if there is a page, and how many."""

    def joined(self, parts: Iterable[bytes], /) -> bytes:
        """Put PDFs one after the other into one file."""


@action
def start_printing(
    *,
    account: SupervisedAccount,
    kind: PrintKind,
    pay_until: date | None = None,
    by: Person,
    at: datetime,
) -> Printing:
    """Ask for all notices, or for a statement of account for every home that needs one.

    Raises:
        PrintRefused: not allowed, the same is being printed, or there is nothing to print.
    """
    if not can_collect(person=by, account=account):
        raise PrintRefused(_("You may not print papers of this account."))
    SupervisedAccount.objects.select_for_update().get(pk=account.pk)
    if account.printings.filter(kind=kind, state=PrintState.WAITING).exists():
        raise PrintRefused(_("These papers are being printed already."))
    found = asks_of(account=account, on=localdate(at))
    rows = (
        [ask.home.receivable.pk for ask in found if ask.amount]
        if kind == PrintKind.NOTICES
        else _statements(account, found, by, at)
    )
    if not rows:
        raise PrintRefused(_("There is nothing to print: nobody is to get such a paper now."))
    printing = Printing.objects.create(
        account=account, kind=kind, rows=rows, total=len(rows), pay_until=pay_until, by=by.token,
        at=at,
    )  # fmt: skip
    _tell(printing, "print.started", by.token, at)
    return printing


def _statements(
    account: SupervisedAccount, found: Sequence[Ask], by: Person, at: datetime
) -> list[int]:
    """Give a statement of account for each home that has an open period without a signed one.

    One that was drawn up before and still says the same is printed again.
    """
    needing = [ask.home for ask in found if ask.unsigned]
    before = {each.receivable_id: each for each in unsigned_reckonings(account=account)}
    same = {
        home.receivable.pk: before[home.receivable.pk].pk
        for home in needing
        if home.receivable.pk in before and before[home.receivable.pk].owed == home.owed
    }
    others = [home.receivable for home in needing if home.receivable.pk not in same]
    drawn = draw_up(account=account, receivables=others, by=by, at=at) if others else []
    keys = same | {each.receivable_id: each.pk for each in drawn}
    return [keys[home.receivable.pk] for home in needing]


@action
def cancel_printing(*, printing: Printing, by: Person, at: datetime) -> Printing:
    """Stop a printing; what was printed of it is thrown away.

    Raises:
        PrintRefused: not allowed, or it has ended already.
    """
    if not can_collect(person=by, account=printing.account):
        raise PrintRefused(_("You may not print papers of this account."))
    waiting = Printing.objects.filter(pk=printing.pk, state=PrintState.WAITING)
    if not waiting.update(state=PrintState.CANCELLED, ended_at=at):
        raise PrintRefused(_("This printing has ended already."))
    PrintPart.objects.filter(printing=printing.pk).delete()
    _tell(printing, "print.cancelled", by.token, at)
    return printing


@action
def discard_old_printings(*, by: UUID, at: datetime) -> None:
    """Put printed files away after some days: they name homes and sums."""
    limit = at - timedelta(days=house(name="print_kept"))
    old = Printing.objects.exclude(state=PrintState.WAITING).filter(at__lt=limit)
    for each in old.select_related("account").defer("content"):
        _tell(each, "print.discarded", by, at)
        Printing.objects.filter(pk=each.pk).delete()


def print_next(*, press: Press, at: datetime) -> bool:
    """Print the next part of the oldest printing, or join its parts once all are there.

    Returns: whether there was anything to do.
    """
    waiting = Printing.objects.filter(state=PrintState.WAITING).order_by("pk")
    key = waiting.values_list("pk", flat=True).first()
    if key is None:
        return False
    waiting.filter(pk=key).update(tries=F("tries") + 1)  # committed before anything can go wrong
    with transaction.atomic():
        printing = waiting.select_for_update(of=("self",)).filter(pk=key).first()
        if printing is None:  # cancelled meanwhile
            return True
        if printing.tries > house(name="print_tries"):
            _end(printing, PrintState.FAILED, at)
        elif printing.done < printing.total:
            _print_part(printing, press)
        else:
            _join(printing, press, at)
    return True


def _print_part(printing: Printing, press: Press) -> None:
    keys = printing.rows[printing.done : printing.done + house(name="print_chunk")]
    content, pages = press.pages(printing, keys)
    if content:
        PrintPart.objects.create(printing=printing, first=printing.done, content=content)
        printing.pages += pages
    printing.done, printing.tries = printing.done + len(keys), 0
    printing.save(update_fields=["done", "pages", "tries"])


def _join(printing: Printing, press: Press, at: datetime) -> None:
    parts = PrintPart.objects.filter(printing=printing).order_by("first")
    if not printing.pages:
        _end(printing, PrintState.FAILED, at)
        return
    content = press.joined(bytes(part.content or b"") for part in parts.iterator(chunk_size=1))
    printing.content, printing.size, printing.tries = content, len(content), 0
    printing.save(update_fields=["content", "size", "tries"])
    parts.delete()
    _end(printing, PrintState.READY, at)


def _end(printing: Printing, state: PrintState, at: datetime) -> None:
    """Tell whoever asked for it, in their language."""
    printing.state, printing.ended_at = state, at
    printing.save(update_fields=["state", "ended_at"])
    asker = Person.objects.filter(token=printing.by).first()
    if asker and asker.is_active:
        with translation.override(asker.language or settings.LANGUAGE_CODE):
            ready = state == PrintState.READY
            subject = _("Your papers are ready") if ready else _("Your papers were not printed")
            body = f"{printing.account.name}: {printing.get_kind_display()}"
        link = printing.get_absolute_url()
        tell(recipient=asker.token, subject=subject, body=body, link=link, by=HOUSE, at=at)


def _tell(printing: Printing, verb: str, by: UUID, at: datetime) -> None:
    account = printing.account
    record(
        thread=account.thread, verb=verb, by=by, subject=account.token, at=at,
        public={"account": account.code, "printing": printing.token, "count": printing.total},
    )  # fmt: skip
