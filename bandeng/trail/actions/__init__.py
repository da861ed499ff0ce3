"""Everything that can enter a story, and the few things that may leave it."""

from bandeng.trail.actions.attachments import AttachmentGone, attach, erase_attachment
from bandeng.trail.actions.comments import CommentRefused, comment
from bandeng.trail.actions.entries import NothingToErase, erase_private, record

__all__ = [
    "AttachmentGone",
    "CommentRefused",
    "NothingToErase",
    "attach",
    "comment",
    "erase_attachment",
    "erase_private",
    "record",
]
