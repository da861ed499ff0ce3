"""Where a thread's pictures lie, and what is taken in."""

from uuid import UUID

from bandeng.kit.pictures import Limits, Picture, Sent, clean
from bandeng.trail import parameters

FOLDER = "attachments"
LIMITS = Limits(
    size=parameters.PICTURE_BYTES,
    pixels=parameters.PICTURE_PIXELS,
    side=parameters.PICTURE_SIDE,
    thumbnail_side=parameters.THUMBNAIL_SIDE,
)


def prepared(*, file: Sent) -> Picture:
    """Clean a sent file within the house's limits.

    Raises:
        bandeng.kit.pictures.PictureRefused: it cannot be kept.
    """
    return clean(file=file, limits=LIMITS)


def name(*, token: UUID, thumbnail: bool = False) -> str:
    """Give the storage's name of a picture or of its thumbnail."""
    return f"{FOLDER}/{token.hex[:2]}/{token.hex}{'.small' if thumbnail else ''}"
