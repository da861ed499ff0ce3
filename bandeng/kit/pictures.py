"""Photos as people send them, made fit to keep: known type, no hidden data, sane size."""

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageDraw, ImageOps, UnidentifiedImageError

from bandeng.kit.errors import Refused

Sent = BinaryIO | File  # type: ignore[type-arg]  # an upload, or any open file
TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}  # MPO: JPEG with extras
QUALITY = 85  # of 100: smaller than most phones' own, no difference to see at 1600 px
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
# What pillow raises on broken or hostile files, by its own documentation and by fuzzing.
BROKEN = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
)


class PictureRefused(Refused):
    """The file is no picture that can be kept here."""


@dataclass(frozen=True)
class Limits:
    """How much is taken in, and how much of it is kept."""

    size: int  # bytes
    pixels: int
    side: int  # pixels of the longest side
    thumbnail_side: int


@dataclass(frozen=True)
class Picture:
    """A picture without its history: nothing but what can be seen."""

    content_type: str
    content: bytes
    thumbnail: bytes
    width: int
    height: int


def clean(*, file: Sent, limits: Limits) -> Picture:
    """Decode `file`, turn it upright, make it small, and write it anew without metadata.

    The type is that of the bytes; name and declared type are not asked. EXIF, place, XMP,
    comments and embedded previews are gone; colours are turned into sRGB.

    Raises:
        PictureRefused: too large, not JPEG or PNG, or broken.
    """
    file.seek(0)
    data = file.read(limits.size + 1)
    _refuse_by_size(data=data, limits=limits)
    try:
        with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as image:
            _refuse_by_pixels(image=image, limits=limits)
            return _rewritten(image=image, limits=limits)
    except BROKEN as broken:
        raise PictureRefused(_not_a_picture(data=data)) from broken


def painted(*, words: str, tint: tuple[int, int, int]) -> BytesIO:
    """Paint a striped JPEG of 1200 × 900 pixels with words on it, for demonstrations."""
    image = Image.new("RGB", (1200, 900), tint)
    draw = ImageDraw.Draw(image)
    lighter = tuple(min(255, colour + 18) for colour in tint)
    for left in range(0, 1200, 60):
        draw.line((left, 0, left - 500, 900), fill=lighter, width=6)
    draw.text((60, 60), words, fill="white", font_size=48)
    return BytesIO(_bytes(image=image, content_type="image/jpeg"))


def _refuse_by_size(*, data: bytes, limits: Limits) -> None:
    if len(data) > limits.size:
        most = limits.size // 1024 // 1024
        raise PictureRefused(_("This file is larger than %(most)s MB.") % {"most": most})


def _refuse_by_pixels(*, image: Image.Image, limits: Limits) -> None:
    if image.width * image.height > limits.pixels:
        sentence = _(
            "This picture has %(width)s × %(height)s pixels; at most %(most)s million fit."
        )
        words = {"width": image.width, "height": image.height, "most": limits.pixels // 10**6}
        raise PictureRefused(sentence % words)


def _not_a_picture(*, data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return _(
            "This photo is in the HEIC format, which cannot be read here. Please send it as "
            "JPEG: on an iPhone choose Settings, Camera, Formats, Most Compatible."
        )
    return _("This is not a JPEG or PNG picture, or the file is damaged.")


def _rewritten(*, image: Image.Image, limits: Limits) -> Picture:
    kind = TYPES[str(image.format)]
    image.draft("RGB", (limits.side, limits.side))  # JPEG: decode no more than is kept
    upright = ImageOps.exif_transpose(image)
    shown = _in_srgb(image=upright, mode="RGBA" if _is_see_through(image=upright) else "RGB")
    shown.thumbnail((limits.side, limits.side))
    small = shown.copy()
    small.thumbnail((limits.thumbnail_side, limits.thumbnail_side))
    return Picture(
        content_type=kind,
        content=_bytes(image=shown, content_type=kind),
        thumbnail=_bytes(image=small, content_type=kind),
        width=shown.width,
        height=shown.height,
    )


def _is_see_through(*, image: Image.Image) -> bool:
    return image.has_transparency_data and image.mode != "CMYK"


def _in_srgb(*, image: Image.Image, mode: str) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):  # 16 bits of grey: the upper eight
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            into = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, source, into, outputMode="RGB")
            image = turned or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile costs some colour, not the picture
    return image.convert(mode)


def _bytes(*, image: Image.Image, content_type: str) -> bytes:
    out = BytesIO()
    bare = Image.new(image.mode, image.size)
    bare.paste(image)  # pixels only: pillow would carry comments and profiles over
    if content_type == "image/png":
        bare.save(out, "PNG")
    else:
        bare.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
