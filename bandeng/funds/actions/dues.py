"""What homes owe: billed per period, disputed, reminded of, said to be paid."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import Move, _alone, _post, _reverse
from bandeng.funds.models import (
    Chart,
    Dispute,
    Due,
    DuesImport,
    LedgerAccount,
    PaidClaim,
    Receivable,
    Reminder,
    ReminderChannel,
    SupervisedAccount,
    properties,
)
from bandeng.funds.permissions import can_collect, my_receivables
from bandeng.funds.rules.references import FIRST
from bandeng.funds.standing.asking import FIRST_COMES, asks
from bandeng.funds.standing.sights import home_sight
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.places.models import Home
from bandeng.trail.actions import record
from bandeng.trail.rules import canonical, commit


class DuesRefused(Refused):
    """The dues cannot be taken in, or not be dealt with so."""


@dataclass(frozen=True)
class Bill:
    """What one home owes for one period; units as in `Due`. `since` to `until`, both included.

    `by_days`: parts of months count by the days of their month, `months` are the whole ones.
    """

    home: Home
    since: date
    until: date
    months: int
    rate: int
    floor_area: int
    amount: int
    due_on: date
    remark: str = ""
    by_days: bool = False


@action
def bill_dues(
    *,
    account: SupervisedAccount,
    bills: Sequence[Bill],
    file_name: str,
    content: bytes,
    by: Person,
    at: datetime,
) -> DuesImport:
    """Take dues in, whole or not at all; each is a transfer, billed but not yet received.

    Raises:
        DuesRefused: not allowed, taken in already, or a home is billed twice for one time.
    """
    if not can_collect(person=by, account=account):
        raise DuesRefused(_("You may not bill dues on this account."))
    digest = sha256(content).digest()
    if account.dues_imports.filter(sha256=digest).exists():
        raise DuesRefused(_("This file has already been taken in."))
    _alone(account=account)  # numbers follow each other
    places = _places(account, [bill.home for bill in bills])
    uncollected = account.ledger_accounts.get(chart=Chart.UNCOLLECTED)
    moves = [
        Move(places[bill.home.pk].ledger_account, uncollected, bill.amount,
             f"due:{places[bill.home.pk].token}:{bill.since}")
        for bill in bills
    ]  # fmt: skip
    numbers = _post(moves=moves, at=at)
    try:
        with transaction.atomic():
            Due.objects.bulk_create(
                _due(places[bill.home.pk], bill, number)
                for bill, number in zip(bills, numbers, strict=True)
            )
    except IntegrityError as error:
        if "due_once_for_a_period" not in str(error):
            raise
        raise DuesRefused(_("A home would be billed twice for the same time.")) from error
    total = sum(bill.amount for bill in bills)
    taken = DuesImport.objects.create(
        account=account, file_name=file_name, sha256=digest, count=len(bills), amount=total, at=at
    )
    record(
        thread=account.thread, verb="dues.billed", by=by.token, subject=account.token, at=at,
        public={"account": account.code, "count": len(bills), "amount": total, "file": digest.hex()},
    )  # fmt: skip
    return taken


def _due(place: Receivable, bill: Bill, number: int) -> Due:
    return Due(
        receivable=place, period=(bill.since, _next(bill.until)), months=bill.months,
        rate=bill.rate, floor_area=bill.floor_area, amount=bill.amount, due_on=bill.due_on,
        remark=bill.remark, by_days=bill.by_days, billing_id=number,
    )  # fmt: skip


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _places(account: SupervisedAccount, homes: Sequence[Home]) -> dict[int, Receivable]:
    """Give each home's place in the books; those that have none yet get one."""
    known = {
        place.home_id: place
        for place in account.receivables.filter(home__in=homes).select_related("ledger_account")
    }
    new = {home.pk: home for home in homes if home.pk not in known}
    opened = [(home, *_opening(home)) for home in new.values()]
    books = LedgerAccount.objects.bulk_create(
        LedgerAccount(
            account=account,
            code=account.ledger_code(Chart.RECEIVABLE, commit(salt=salt, private=private).hex()),
            **properties(Chart.RECEIVABLE),
        )
        for _home, salt, private in opened
    )
    highest = Receivable.objects.aggregate(highest=Max("number"))["highest"] or FIRST - 1
    made = Receivable.objects.bulk_create(
        Receivable(
            account=account, home=home, ledger_account=book, salt=salt, opening=private,
            number=highest + n,
        )
        for n, ((home, salt, private), book) in enumerate(zip(opened, books, strict=True), 1)
    )  # fmt: skip
    return known | {place.home_id: place for place in made}


def _opening(home: Home) -> tuple[bytes, bytes]:
    estate = home.building.estate
    said = {"estate": estate.name, "home": str(home), "token": str(home.token)}
    return secrets.token_bytes(32), canonical(value=said)


@action
def dispute_due(*, due: Due, reason: str, by: Person, at: datetime) -> Dispute:
    """Say that a due is wrong; until it is decided nobody is reminded of it.

    Raises:
        DuesRefused: neither the owner nor the collector says so, or it is disputed already.
    """
    account = due.receivable.account
    mine = my_receivables(person=by).filter(pk=due.receivable_id).exists()
    if not mine and not can_collect(person=by, account=account):
        raise DuesRefused(_("Only the owner can dispute this."))
    if due.disputes.filter(decided_at=None).exists():
        raise DuesRefused(_("This is already being disputed."))
    dispute = Dispute.objects.create(due=due, reason=reason, at=at)
    _tell(due.receivable, "due.disputed", by, at, transfer=due.billing_id)
    return dispute


@action
def decide_dispute(
    *, dispute: Dispute, upheld: bool, decided_by: str, by: Person, at: datetime
) -> Dispute:
    """Enter who decided a dispute and how; if the owner was right, the due is taken back.

    Raises:
        DuesRefused: not allowed, or decided already.
    """
    place = dispute.due.receivable
    if not can_collect(person=by, account=place.account):
        raise DuesRefused(_("You may not bill dues on this account."))
    dispute = Dispute.objects.select_for_update().get(pk=dispute.pk)
    if dispute.decided_at:
        raise DuesRefused(_("This has already been decided."))
    dispute.decided_at, dispute.decided_by, dispute.upheld = at, decided_by, upheld
    dispute.save(update_fields=["decided_at", "decided_by", "upheld"])
    if upheld:
        _post(moves=[_reverse(transfer=dispute.due.billing)], at=at)
    _tell(place, "due.decided", by, at, transfer=dispute.due.billing_id, upheld=upheld)
    return dispute


@action
def log_reminder(
    *,
    receivable: Receivable,
    channel: ReminderChannel,
    delivered_on: date,
    proof: bytes = b"",
    by: Person,
    at: datetime,
) -> Reminder:
    """Note that a notice reached a home, with its proof: it interrupts the limitation.

    It counts for what a notice may ask for on that day: periods with a signed statement of account,
    or the missed instalments of a plan.

    Raises:
        DuesRefused: not allowed, of a day that has not come, or something must come first.
    """
    if not can_collect(person=by, account=receivable.account):
        raise DuesRefused(_("You may not bill dues on this account."))
    if delivered_on > localdate(at):
        raise DuesRefused(_("This day has not come yet."))
    (ask,) = asks(homes=[home_sight(receivable=receivable)], on=delivered_on)
    if ask.waits:
        raise DuesRefused(str(FIRST_COMES[ask.waits]))
    reminder = Reminder.objects.create(
        receivable=receivable, channel=channel, delivered_on=delivered_on, amount=ask.amount,
        proof_sha256=sha256(proof).digest() if proof else None, at=at,
    )  # fmt: skip
    reminder.dues.set(ask.dues)
    _tell(receivable, "due.reminded", by, at, channel=channel, delivered_on=delivered_on)
    return reminder


@action
def claim_paid(*, receivable: Receivable, text: str, by: Person, at: datetime) -> PaidClaim:
    """Say "I have already paid": somebody will look before the home hears again.

    Raises:
        DuesRefused: it is not the sayer's home.
    """
    if not my_receivables(person=by).filter(pk=receivable.pk).exists():
        raise DuesRefused(_("This is not your home."))
    claim = PaidClaim.objects.create(receivable=receivable, text=text, at=at)
    _tell(receivable, "due.claimed_paid", by, at)
    return claim


@action
def answer_claim(*, claim: PaidClaim, answer: str, by: Person, at: datetime) -> PaidClaim:
    """Answer what an owner said about having paid.

    Raises:
        DuesRefused: not allowed, or answered already.
    """
    if not can_collect(person=by, account=claim.receivable.account):
        raise DuesRefused(_("You may not bill dues on this account."))
    claim = PaidClaim.objects.select_for_update().get(pk=claim.pk)
    if claim.answered_at:
        raise DuesRefused(_("This has already been answered."))
    claim.answered_at, claim.answer = at, answer
    claim.save(update_fields=["answered_at", "answer"])
    _tell(claim.receivable, "due.claim_answered", by, at)
    return claim


def _tell(receivable: Receivable, verb: str, by: Person, at: datetime, /, **public: object) -> None:
    record(
        thread=receivable.account.thread, verb=verb, by=by.token, subject=receivable.token,
        at=at, public=public,
    )  # fmt: skip
