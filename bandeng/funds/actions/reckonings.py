"""Statements of account: drawn up, signed by the household or sealed by the creditor."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from uuid import uuid4

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bandeng.funds.models import (
    Receivable,
    ReckonedDue,
    Reckoning,
    ReckoningPaper,
    Signature,
    SupervisedAccount,
)
from bandeng.funds.permissions import can_acknowledge, can_collect
from bandeng.funds.standing.claims import open_claims_of
from bandeng.funds.standing.homes import homes_owing
from bandeng.funds.standing.reckonings import spelled
from bandeng.funds.standing.sights import HomeSight, home_sights
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.actions import record
from bandeng.trail.rules import canonical


class ReckoningRefused(Refused):
    """The statement of account cannot be drawn up or signed so."""


@action
def draw_up(
    *, account: SupervisedAccount, receivables: Sequence[Receivable], by: Person, at: datetime
) -> list[Reckoning]:
    """Draw up statements of account, one for each home that has something open.

    Raises:
        ReckoningRefused: not allowed, or nothing is open at any of them.
    """
    _may(account, by)
    keys = [place.pk for place in receivables]
    places = list(homes_owing(account=account).filter(pk__in=keys))
    on = localdate(at)
    drawn = [_drawn(home, on, by, at) for home in home_sights(receivables=places)]
    found = [(one, rows) for one, rows in drawn if rows]
    if not found:
        raise ReckoningRefused(_("Nothing is open here: there is no account to be stated."))
    made = Reckoning.objects.bulk_create(one for one, _rows in found)
    for one, (_same, rows) in zip(made, found, strict=True):
        for row in rows:
            row.reckoning = one
    ReckonedDue.objects.bulk_create(row for _one, rows in found for row in rows)
    _tell(account, "reckoning.drawn", by, at, count=len(made))
    return made


def _drawn(
    home: HomeSight, on: date, by: Person, at: datetime
) -> tuple[Reckoning, list[ReckonedDue]]:
    token = uuid4()
    said = canonical(value=spelled(home=home, number=token.hex[:8].upper(), on=on))
    rows = [
        ReckonedDue(due=claim.sight.due, open=claim.sight.open)
        for claim in open_claims_of(home=home, on=on)
    ]
    reckoning = Reckoning(
        token=token, receivable=home.receivable, until_on=on, owed=home.owed, said=said,
        sha256=sha256(said).digest(), by=by.token, at=at,
    )  # fmt: skip
    return reckoning, rows


@action
def sign_reckonings(
    *,
    account: SupervisedAccount,
    reckonings: Sequence[Reckoning],
    signature: Signature,
    signed_on: date,
    content: bytes,
    by: Person,
    at: datetime,
) -> ReckoningPaper:
    """Enter a signed paper: one home's, or the creditor's sealed list for many.

    The household's signature acknowledges the debt and begins the limitation anew.

    Raises:
        ReckoningRefused: not allowed, of a wrong day, signed already, or one hand for many homes.
    """
    _may(account, by)
    if signature == Signature.ONLINE:
        raise ReckoningRefused(_("Only the owner confirms by their own sign-in."))
    if signature == Signature.HOUSEHOLD and len(reckonings) != 1:
        raise ReckoningRefused(_("Each household signs its own statement of account."))
    return _sign(account, reckonings, signature, signed_on, content, by, at)


@action
def confirm_reckoning(*, reckoning: Reckoning, by: Person, at: datetime) -> ReckoningPaper:
    """Confirm one's own statement of account by one's own sign-in: it acknowledges the debt.

    Raises:
        ReckoningRefused: not the owner, or signed already.
    """
    place = reckoning.receivable
    if not can_acknowledge(person=by, receivable=place):
        raise ReckoningRefused(_("Only the owner can confirm this."))
    said = bytes(reckoning.said or b"")
    return _sign(place.account, [reckoning], Signature.ONLINE, localdate(at), said, by, at)


def _sign(
    account: SupervisedAccount, reckonings: Sequence[Reckoning], signature: Signature,
    signed_on: date, content: bytes, by: Person, at: datetime,
) -> ReckoningPaper:  # fmt: skip
    keys = [one.pk for one in reckonings]
    rows = Reckoning.objects.select_for_update().filter(pk__in=keys, receivable__account=account)
    found = list(rows.defer("said").order_by("pk"))
    if not found or len(found) != len(keys) or any(one.paper_id for one in found):
        raise ReckoningRefused(_("This statement of account has already been signed."))
    if signed_on > localdate(at) or signed_on < max(one.until_on for one in found):
        raise ReckoningRefused(
            _("It was signed on or after the day on which it was drawn up, and not in future.")
        )
    paper = ReckoningPaper.objects.create(
        account=account, signature=signature, signed_on=signed_on, content=content,
        sha256=sha256(content).digest(), by=by.token, at=at,
    )  # fmt: skip
    Reckoning.objects.filter(pk__in=keys).update(paper=paper)
    _tell(
        account, "reckoning.signed", by, at, count=len(keys), signature=signature,
        signed_on=signed_on, paper=bytes(paper.sha256).hex(),
    )  # fmt: skip
    return paper


def _may(account: SupervisedAccount, by: Person) -> None:
    if not can_collect(person=by, account=account):
        raise ReckoningRefused(_("You may not bill dues on this account."))


def _tell(
    account: SupervisedAccount, verb: str, by: Person, at: datetime, /, **public: object
) -> None:
    record(
        thread=account.thread, verb=verb, by=by.token, subject=account.token, at=at,
        public={"account": account.code} | public,
    )  # fmt: skip
