"""Approvals: a supervisor's own key signs exactly the order, or a sheet is entered by two people."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from bandeng.funds.actions._ledger import _refusals
from bandeng.funds.actions._notices import _tell_maker, _tell_paper, _tell_signer
from bandeng.funds.actions.keys import enrol_key
from bandeng.funds.actions.orders import OrderRefused, _tell
from bandeng.funds.models import Approval, Order, PaperApproval, SigningKey, Strength
from bandeng.funds.permissions import can_approve, can_make_order
from bandeng.kit.act import action
from bandeng.kit.passkeys import (
    BACKUP_ELIGIBLE,
    Assertion,
    BadAssertion,
    is_known,
    relying_party,
    verify,
)
from bandeng.people.models import Person


@action
def approve_order(
    *, order: Order, assertion: Assertion, key: SigningKey, by: Person, at: datetime
) -> Approval:
    """Approve exactly this order with one's own key: the key has signed the order's digest.

    Raises:
        OrderRefused: not a supervisor, already given, a key of a kind that the independent verifier
            does not know, or the signature is not of this order.
    """
    _may_approve(order, by)
    if key.person_id != by.pk:
        raise OrderRefused(_("This is somebody else's key."))
    if not is_known(public_key=bytes(key.public_key)):
        sentence = _("This key signs in a way that the verifier does not know. Register another.")
        raise OrderRefused(sentence)
    try:
        verify(
            assertion=assertion, public_key=bytes(key.public_key), challenge=bytes(order.digest),
            party=relying_party(),
        )  # fmt: skip
    except BadAssertion as bad:
        raise OrderRefused(_("The key did not sign this order. Please try again.")) from bad
    approval = _approve(
        order, by, at, strength=_strength(key, assertion), key=key,
        authenticator_data=assertion.authenticator_data, client_data=assertion.client_data,
        signature=assertion.signature,
    )  # fmt: skip
    _tell(
        order, "order.approved", by, at, order=order.token, digest=bytes(order.digest).hex(),
        role=approval.role, strength=approval.strength, key=bytes(key.public_key),
        authenticator_data=assertion.authenticator_data, client_data=assertion.client_data,
        signature=assertion.signature,
    )  # fmt: skip
    _tell_maker(order, by, at)
    return approval


def _strength(key: SigningKey, assertion: Assertion) -> Strength:
    """Label a signature: a key that may lie copied elsewhere is none to be plugged in."""
    copied = assertion.authenticator_data[32] & BACKUP_ELIGIBLE
    plugged = key.strength == Strength.USB_KEY and not copied
    return Strength.USB_KEY if plugged else Strength.PASSKEY


@action
def approve_with_passkey(
    *,
    order: Order,
    assertion: Assertion,
    credential: bytes,
    public_key: bytes,
    name: str,
    strength: Strength = Strength.PASSKEY,
    by: Person,
    at: datetime,
) -> Approval:
    """Approve with a passkey of one's account; used for the first time, it is told to the log.

    Raises:
        OrderRefused: as for `approve_order`.
    """
    key = enrol_key(
        credential=credential, public_key=public_key, name=name, strength=strength, by=by, at=at
    )
    return approve_order(order=order, assertion=assertion, key=key, by=by, at=at)


@action
def enter_sheet(
    *, order: Order, person: Person, sheet: bytes, by: Person, at: datetime
) -> PaperApproval:
    """Enter a supervisor's signed and sealed sheet; a second person must check it.

    Raises:
        OrderRefused: the signer does not supervise this account, or one has been entered.
    """
    _may_approve(order, person)
    if not can_make_order(person=by, account=order.account):
        raise OrderRefused(_("You may not enter sheets for this account."))
    if order.sheets.filter(person=person).exists():
        raise OrderRefused(_("This sheet has already been entered."))
    digest = sha256(sheet).digest()
    with _refusals():
        entered = PaperApproval.objects.create(
            order=order, person=person, role=_role(order, person), sheet=sheet, sha256=digest,
            entered_by=by, at=at,
        )  # fmt: skip
    _tell(order, "order.sheet_entered", by, at, order=order.token, sheet=digest.hex())
    _tell_signer(order, person, by, at)
    return entered


@action
def check_sheet(*, sheet: PaperApproval, by: Person, at: datetime) -> Approval:
    """Confirm a sheet that another person entered: now it counts as an approval on paper.

    Raises:
        OrderRefused: one person would do both, or the order has been stopped since.
    """
    _may_approve(sheet.order, sheet.person)
    if by.pk in (sheet.entered_by_id, sheet.person_id):
        raise OrderRefused(_("A second person must check this sheet."))
    if not can_make_order(person=by, account=sheet.order.account):
        raise OrderRefused(_("You may not enter sheets for this account."))
    approval = _approve(
        sheet.order, sheet.person, at, strength=Strength.PAPER, sheet=sheet.sheet,
        sheet_sha256=bytes(sheet.sha256), entered_by=sheet.entered_by, checked_by=by,
    )  # fmt: skip
    _tell(
        sheet.order, "order.approved", sheet.person, at, order=sheet.order.token,
        digest=bytes(sheet.order.digest).hex(), role=approval.role, strength=approval.strength,
        sheet=bytes(sheet.sha256).hex(), entered_by=sheet.entered_by.token, checked_by=by.token,
    )  # fmt: skip
    _tell_paper(sheet.order, sheet.person, by, at)
    _tell_maker(sheet.order, by, at)
    return approval


def _may_approve(order: Order, person: Person) -> None:
    if not can_approve(person=person, order=order):
        raise OrderRefused(_("Only a supervisor who did not make the order approves it."))
    if order.approvals.filter(person=person).exists():
        raise OrderRefused(_("This person has already approved."))


def _role(order: Order, person: Person) -> str:
    """Give the role that is still needed most, of those a person holds."""
    held, needs = order.policy.roles_of(person), order.policy.needs(order)
    given = list(order.approvals.values_list("role", flat=True))
    return max(held, key=lambda role: needs.get(role, 0) - given.count(role)).value


def _approve(order: Order, person: Person, at: datetime, **proof: Any) -> Approval:
    with _refusals():
        return Approval.objects.create(
            order=order, digest=bytes(order.digest), maker=order.maker, person=person,
            role=_role(order, person), at=at, **proof,
        )  # fmt: skip
