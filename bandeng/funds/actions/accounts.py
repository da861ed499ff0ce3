"""Supervised accounts: prepared with their papers, opened when all are there, frozen by courts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import _alone, _refusals
from bandeng.funds.actions._notices import _tell_freeze
from bandeng.funds.models import (
    AccountPaper,
    AccountPurpose,
    AgreementKind,
    Chart,
    Freeze,
    FreezeEnd,
    Head,
    LedgerAccount,
    PaperKind,
    Policy,
    SupervisedAccount,
    Supervision,
    properties,
)
from bandeng.funds.rules.approvals import Weak, weaknesses
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.kit.units import money
from bandeng.people.models import Organisation, OrganisationKind, Person
from bandeng.places.models import Estate
from bandeng.trail.actions import record
from bandeng.trail.models import Thread
from bandeng.trail.rules import canonical

NEVER_HOLDS = (OrganisationKind.SUBDISTRICT, OrganisationKind.COMMUNITY)
STANDING = (
    Chart.BANK, Chart.CLEARING, Chart.UNEXPLAINED, Chart.SUSPENSE, Chart.UNCOLLECTED,
    Chart.UNALLOCATED, Chart.EMERGENCY,
)  # fmt: skip


WEAK = {
    Weak.NO_BANDS: gettext_lazy("Say who must approve."),
    Weak.ONE_ROLE: gettext_lazy("At least two roles must approve every order."),
    Weak.TOO_FEW: gettext_lazy(
        "%(role)s: more must approve orders up to %(sum)s than are named as supervisors."
    ),
    Weak.SAME_PERSONS: gettext_lazy(
        "Orders up to %(sum)s: the same people hold several roles, and each approves once only. "
        "Please name more people."
    ),
    Weak.DEARER_NEEDS_LESS: gettext_lazy(
        "Orders up to %(sum)s would need fewer approvals than smaller ones."
    ),
    Weak.SAME_SUM_TWICE: gettext_lazy("Two sizes of orders end at the same sum, %(sum)s."),
}


class AccountRefused(Refused):
    """The account cannot be so, or not yet."""


@dataclass(frozen=True)
class Band:
    """Who must approve orders up to a sum (fen): how many of each role."""

    up_to: int
    needs: Mapping[Supervision, int]


@dataclass(frozen=True)
class Terms:
    """Rules of approval (a policy) before they have a version."""

    supervisors: Mapping[Supervision, Sequence[Person]]
    bands: Sequence[Band]
    fee_limit: int


@action
def prepare_account(
    *,
    estate: Estate,
    name: str,
    holder: Organisation,
    creditor: Organisation,
    debtor: Organisation,
    invoicer: Organisation,
    agreement: AgreementKind,
    bank: str,
    bank_number: str,
    by: Person,
    at: datetime,
) -> SupervisedAccount:
    """Begin an account; it moves no money before it is opened.

    Raises:
        AccountRefused: a subdistrict or community would hold or demand the money.
        bandeng.funds.actions.LedgerRefused: the estate has an account of this name.
    """
    for body in (holder, creditor):
        if body.kind in NEVER_HOLDS:
            sentence = _("%(body)s may neither hold this money nor demand it.")
            raise AccountRefused(sentence % {"body": body.name})
    with _refusals():
        account = SupervisedAccount.objects.create(
            estate=estate, name=name, holder=holder, creditor=creditor, debtor=debtor,
            invoicer=invoicer, agreement=agreement, bank=bank, bank_number=bank_number,
            thread=Thread.objects.create(),
        )  # fmt: skip
    _tell(account, "account.prepared", by, at, account=account.code, agreement=agreement)
    return account


@action
def add_paper(
    *,
    account: SupervisedAccount,
    kind: PaperKind,
    title: str,
    signed_on: date,
    content: bytes,
    amount: int | None = None,
    by: Person,
    at: datetime,
) -> AccountPaper:
    """Enter a signed paper on which the account rests; its scan lies encrypted."""
    paper = AccountPaper.objects.create(
        account=account, kind=kind, title=title, signed_on=signed_on, amount=amount,
        content=content, sha256=sha256(content).digest(),
    )  # fmt: skip
    digest = paper.sha256.hex()
    _tell(
        account, "account.paper_added", by, at,
        account=account.code, kind=kind, signed_on=signed_on, amount=amount, sha256=digest,
    )  # fmt: skip
    return paper


@action
def add_purpose(
    *,
    account: SupervisedAccount,
    code: str,
    name: str,
    takes_dues: bool = False,
    goal: int | None = None,
    by: Person,
    at: datetime,
) -> AccountPurpose:
    """Add what the money is for; what is set aside for it can go nowhere else.

    Units: `goal` in fen: what it will cost, if that is known.

    Raises:
        bandeng.funds.actions.LedgerRefused: the code is taken, or the dues go elsewhere.
    """
    with _refusals():
        purpose = AccountPurpose.objects.create(
            account=account, code=code, name=name, takes_dues=takes_dues, goal=goal
        )
    _open_ledger(account, Chart.EARMARK, code)
    _tell(account, "purpose.added", by, at, account=account.code, purpose=code)
    return purpose


@action
def open_account(
    *, account: SupervisedAccount, terms: Terms, by: Person, at: datetime
) -> SupervisedAccount:
    """Open the account under its first rules of approval.

    Raises:
        AccountRefused: papers, purposes or supervisors are missing; the sentence names them.
    """
    account = SupervisedAccount.objects.select_for_update().get(pk=account.pk)
    if account.opened_at:
        raise AccountRefused(_("This account is already open."))
    missing = account.missing_papers()
    if missing:
        sentence = _("These papers are still missing: %(papers)s.")
        names = ", ".join(str(kind.label) for kind in missing)
        raise AccountRefused(sentence % {"papers": names})
    if not account.purposes.filter(takes_dues=True).exists():
        raise AccountRefused(_("Say first what the money is for."))
    for chart in STANDING:
        _open_ledger(account, chart)
    set_policy(account=account, terms=terms, order=None, by=by, at=at)
    account.opened_at = at
    account.save(update_fields=["opened_at"])
    _tell(account, "account.opened", by, at, account=account.code)
    return account


def _open_ledger(account: SupervisedAccount, chart: Chart, detail: str = "") -> LedgerAccount:
    code = account.ledger_code(chart, detail)
    return LedgerAccount.objects.create(account=account, code=code, **properties(chart))


def _spell(*, account: SupervisedAccount, terms: Terms, version: int, token: UUID) -> bytes:
    """Give a policy's one text, which supervisors sign and the database counts by.

    Raises:
        AccountRefused: it could never be fulfilled, one role alone would decide, or dearer orders
            would need less.
    """
    document: dict[str, Any] = {
        "account": account.code,
        "bands": [
            {"needs": {str(role.value): n for role, n in band.needs.items()}, "up_to": band.up_to}
            for band in sorted(terms.bands, key=lambda band: band.up_to)
        ],
        "fee_limit": terms.fee_limit,
        "policy": str(token),
        "supervisors": {
            str(role.value): sorted(str(person.token) for person in persons)
            for role, persons in terms.supervisors.items()
        },
        "v": 1,
        "version": version,
    }
    for weak, up_to, role in weaknesses(policy=document):
        said = {"sum": _yuan(up_to), "role": Supervision(role).label if role else ""}
        raise AccountRefused(str(WEAK[weak]) % said)
    return canonical(value=document)


def _yuan(fen: int) -> str:
    return money(fen, language=get_language() or settings.LANGUAGE_CODE)


@action
def set_policy(
    *, account: SupervisedAccount, terms: Terms | bytes, order: Any, by: Person, at: datetime
) -> Policy:
    """Set rules of approval: the first with the papers, later ones by an approved order.

    Raises:
        AccountRefused: they could never be fulfilled.
        bandeng.funds.actions.LedgerRefused: the order's approvals are missing.
    """
    latest = account.policies.order_by("-version").first()
    version, token = (latest.version if latest else 0) + 1, uuid4()
    if isinstance(terms, bytes):
        document, token = terms, UUID(json.loads(terms)["policy"])
    else:
        document = _spell(account=account, terms=terms, version=version, token=token)
    with _refusals():
        policy = Policy.objects.create(
            token=token, account=account, version=version, document=document, order=order, at=at
        )
    _tell(account, "policy.set", by, at, **json.loads(document))
    return policy


@action
def freeze_account(
    *, account: SupervisedAccount, document: str, content: bytes, by: Person, at: datetime
) -> Freeze:
    """Record a court's freeze or an insolvency notice: from now on no order is carried out.

    The log tells how many transfers there were: with the account locked, no order of it has a
    later number, so that an auditor need not ask which of the two came first.
    """
    _alone(account=account)
    digest, transfers = sha256(content).digest(), Head.objects.get().size
    freeze = Freeze.objects.create(account=account, document=document, sha256=digest, at=at)
    _tell(
        account, "account.frozen", by, at,
        account=account.code, sha256=digest.hex(), transfers=transfers,
    )  # fmt: skip
    _tell_freeze(freeze, by, at)
    return freeze


@action
def end_freeze(
    *, freeze: Freeze, document: str, content: bytes, by: Person, at: datetime
) -> FreezeEnd:
    """Record the document that ends a freeze.

    Raises:
        AccountRefused: it has already ended.
    """
    _alone(account=freeze.account)
    if FreezeEnd.objects.filter(freeze=freeze).exists():
        raise AccountRefused(_("This has already ended."))
    digest = sha256(content).digest()
    with _refusals():
        end = FreezeEnd.objects.create(freeze=freeze, document=document, sha256=digest, at=at)
    account = freeze.account
    _tell(
        account, "account.unfrozen", by, at,
        account=account.code, sha256=digest.hex(), ends=bytes(freeze.sha256).hex(),
        transfers=Head.objects.get().size,
    )  # fmt: skip
    return end


def _tell(
    account: SupervisedAccount, verb: str, by: Person, at: datetime, /, **public: Any
) -> None:
    record(
        thread=account.thread, verb=verb, by=by.token, subject=account.token, at=at, public=public
    )
