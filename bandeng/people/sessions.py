"""Sessions: sealed where they lie, and over after a time that depends on the work."""

import json
from typing import Any

from django.http import HttpRequest

from bandeng.kit import crypto
from bandeng.people import permissions
from bandeng.people.parameters import RESIDENT_SESSION, STAFF_SESSION

CONTEXT = "django_session"


class Sealed:
    """Keep a session's content encrypted: it holds phone numbers while somebody signs in."""

    def dumps(self, obj: Any) -> bytes:
        """Encrypt."""
        return crypto.encrypt(text=json.dumps(obj), context=CONTEXT)

    def loads(self, data: bytes) -> Any:
        """Decrypt; Django takes a session that cannot be read for an empty one."""
        return json.loads(crypto.decrypt(data=data, context=CONTEXT))


def set_expiry(*, request: HttpRequest) -> None:
    """End a working person's session with the working day, a resident's after two weeks."""
    if request.user.is_authenticated:
        works = bool(permissions.roles(person=request.user))
        request.session.set_expiry(STAFF_SESSION if works else RESIDENT_SESSION)
