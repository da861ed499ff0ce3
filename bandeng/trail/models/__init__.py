"""What happened, and the log that vouches for it: rows that are only ever added."""

from bandeng.trail.models.log import (
    Checkpoint,
    Cosignature,
    Leaf,
    SignerKind,
    SignerNotice,
    Witness,
    WitnessEnd,
)
from bandeng.trail.models.threads import (
    COMMENT_VERBS,
    VERBS,
    Attachment,
    Audience,
    Clock,
    Entry,
    EntryPrivate,
    Thread,
    Transaction,
)

__all__ = [
    "COMMENT_VERBS",
    "VERBS",
    "Attachment",
    "Audience",
    "Checkpoint",
    "Clock",
    "Cosignature",
    "Entry",
    "EntryPrivate",
    "Leaf",
    "SignerKind",
    "SignerNotice",
    "Thread",
    "Transaction",
    "Witness",
    "WitnessEnd",
]
