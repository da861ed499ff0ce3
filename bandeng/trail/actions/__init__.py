"""Everything that can enter a story, and the few things that may leave it."""

from bandeng.trail.actions.attachments import AttachmentGone, attach, erase_attachment
from bandeng.trail.actions.comments import CommentRefused, comment
from bandeng.trail.actions.entries import NothingToErase, erase_private, record
from bandeng.trail.actions.witnesses import (
    NotCosigned,
    NoWitnessKey,
    WitnessGone,
    cosign,
    register_witness,
    retire_witness,
)

__all__ = [
    "AttachmentGone",
    "CommentRefused",
    "NoWitnessKey",
    "NotCosigned",
    "NothingToErase",
    "WitnessGone",
    "attach",
    "comment",
    "cosign",
    "erase_attachment",
    "erase_private",
    "record",
    "register_witness",
    "retire_witness",
]
