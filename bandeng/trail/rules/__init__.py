"""What an entry says in public, and the tree and notes that make a log of it."""

from bandeng.trail.rules.entries import (
    HOUSE,
    Names,
    NotForEverybody,
    canonical,
    commit,
    public_part,
    spell,
    unspell,
)

__all__ = [
    "HOUSE",
    "Names",
    "NotForEverybody",
    "canonical",
    "commit",
    "public_part",
    "spell",
    "unspell",
]
