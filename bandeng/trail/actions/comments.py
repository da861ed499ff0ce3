"""What people say on a matter: to everyone who may see it, or among the staff."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.trail.actions.entries import record
from bandeng.trail.models import COMMENT_VERBS, Audience, Entry, Thread
from bandeng.trail.parameters import COMMENT_LENGTH


class CommentRefused(Refused):
    """There is nothing in it, or too much."""


@action
def comment(
    *, thread: Thread, audience: Audience, text: str, subject: UUID, by: UUID, at: datetime
) -> Entry:
    """Say `text` on a thread; it lies in the entry's private part alone and can be erased.

    Raises:
        CommentRefused: empty, or longer than `COMMENT_LENGTH`.
    """
    said = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not said:
        raise CommentRefused(_("Please write something first."))
    if len(said) > COMMENT_LENGTH:
        sentence = _("That is %(count)s characters; at most %(most)s fit.")
        raise CommentRefused(sentence % {"count": len(said), "most": COMMENT_LENGTH})
    return record(
        thread=thread,
        verb=COMMENT_VERBS[audience],
        by=by,
        subject=subject,
        at=at,
        private={"text": said},
    )
