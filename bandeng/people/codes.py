"""A code on its way: what waits in the session until somebody proves to hold a number.

Nothing is written to any table before the proof.
"""

import hmac
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bandeng.kit.errors import Refused
from bandeng.people.parameters import CODE_DIGITS, CODE_TRIES, CODE_VALID

KEY = "people_code"
WRONG = gettext_lazy("This is not the code that was sent.")


class WrongCode(Refused):
    """Not the code that was sent."""


class CodeOver(Refused):
    """Too late, or tried too often: ask for another."""


@dataclass
class Pending:
    """What will be done once the code is right."""

    purpose: str
    target: str
    code: str
    sent_at: float
    data: dict[str, Any]
    tries: int = 0


def new_code() -> str:
    """Draw a code."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def start(
    *, session: SessionBase, purpose: str, target: str, data: dict[str, Any], at: datetime
) -> str:
    """Put something on hold until the code comes back; gives the code to send."""
    code = new_code()
    session[KEY] = asdict(Pending(purpose, target, code, at.timestamp(), data))
    return code


def waiting(*, session: SessionBase, purpose: str) -> Pending | None:
    """Give what waits for a code of this purpose, if anything does."""
    kept = session.get(KEY)
    return Pending(**kept) if kept and kept["purpose"] == purpose else None


def redeem(*, session: SessionBase, purpose: str, code: str, at: datetime) -> Pending:
    """Give what waited, if this is the code; it can be had once.

    Raises:
        CodeOver: too late or too many tries; nothing waits any more.
        WrongCode: another try is left.
    """
    pending = waiting(session=session, purpose=purpose)
    if not pending or at.timestamp() - pending.sent_at > CODE_VALID.total_seconds():
        session.pop(KEY, None)
        raise CodeOver(_("The code is no longer valid; please ask for another one."))
    if hmac.compare_digest(pending.code.encode(), code.encode()):
        del session[KEY]
        return pending
    pending.tries += 1
    session[KEY] = asdict(pending)
    if pending.tries >= CODE_TRIES:
        del session[KEY]
        raise CodeOver(_("The code was wrong too often; please ask for another one."))
    raise WrongCode(str(WRONG))
