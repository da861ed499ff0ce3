"""All that must hold, asked anew: by the database from its rows, and by us of every signature."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models import Approval, Head, Strength
from bandeng.kit.passkeys import Assertion, BadAssertion, verify

SENTENCES: dict[str, Promise] = {
    "balance": _("Account %(name)s: its balance is not the sum of its transfers."),
    "overdrawn": _("Account %(name)s: more has left it than it held."),
    "books": _(
        "Supervised account %(number)s: what is at the bank is not what was received and set aside."
    ),
    "bank": _("Supervised account %(number)s: the books and the last bank statement differ."),
    "leaf": _("Transfer %(number)s: it was changed after it was written."),
    "gap": _("Transfer %(number)s is missing."),
    "size": _("Transfers are missing at the end: there should be %(number)s."),
    "line": _("Statement line %(number)s: it is not booked as the bank wrote it."),
    "statement": _("Bank statement %(number)s: its lines do not add up, or it does not go on."),
    "order": _("Payment order %(number)s: it says something else than what was signed."),
    "approval": _("Approval %(number)s: it is not one of this order by this supervisor."),
    "signature": _("Approval %(number)s: the key did not sign this order."),
    "unapproved": _("Transfer %(number)s: money was moved without the approvals it needed."),
    "allocation": _("Match %(number)s: it says something else than its transfers."),
    "guard": _("The database's guard %(name)s is switched off."),
}


@dataclass(frozen=True)
class Finding:
    """Something that cannot be true; `number` is of the thing that `what` names."""

    what: str
    number: int | None
    name: str = ""

    def __str__(self) -> str:
        return str(SENTENCES[self.what]) % {"number": self.number, "name": self.name}


def recheck() -> list[Finding]:
    """Ask everything anew. Returns: what does not hold; an empty list is good news."""
    return [*_of_the_rows(), *_of_the_signatures()]


def _of_the_rows() -> Iterator[Finding]:
    asked = "SELECT one, what, number, name FROM funds_head, funds_recheck()"
    for row in Head.objects.raw(asked):
        said = vars(row)
        yield Finding(said["what"], said["number"], said["name"] or "")


def _of_the_signatures() -> Iterator[Finding]:
    given = Approval.objects.exclude(strength=Strength.PAPER).select_related("order", "key")
    for approval in given.order_by("pk").iterator():
        if not _is_signed(approval):
            yield Finding("signature", approval.pk)


def _is_signed(approval: Approval) -> bool:
    parts = (approval.authenticator_data, approval.client_data, approval.signature)
    if approval.key is None or None in parts:
        return False
    assertion = Assertion(*(bytes(part or b"") for part in parts))
    key, digest = bytes(approval.key.public_key), bytes(approval.order.digest)
    try:
        verify(assertion=assertion, public_key=key, challenge=digest)
    except BadAssertion:
        return False
    return True
