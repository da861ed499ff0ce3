"""Photos as people send them, and what is kept of them."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from bandeng.kit.pictures import Limits, PictureRefused, clean
from bandeng.trail.pictures import LIMITS
from bandeng.trail.tests.pictures import ORIENTATION, photo

SECRETS = (b"Exif", b"SecretPhone", b"SecretText", b"GPS", b"http://ns.adobe", b"ICC_PROFILE")
RED, BLACK = (200, 0, 0), (0, 0, 0)


def _seen(data):
    return Image.open(BytesIO(data))


def _near(colour, other):
    return all(abs(one - two) < 12 for one, two in zip(colour, other, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_cannot_be_seen_is_not_kept(kind):
    sent = photo(kind=kind, comment=b"SecretText", xmp=b"<x>SecretText</x>")
    assert b"SecretPhone" in sent.getvalue()
    picture = clean(file=sent, limits=LIMITS)
    for kept in (picture.content, picture.thumbnail):
        assert [secret for secret in SECRETS if secret in kept] == []
        assert not _seen(kept).getexif()
    assert picture.content_type == f"image/{kind.lower()}"


def test_a_text_hidden_in_a_png_is_not_kept():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SecretText")
    info.add_itxt("Place", "SecretText")
    picture = clean(file=photo(kind="PNG", pnginfo=info), limits=LIMITS)
    assert b"SecretText" not in picture.content


# Source: EXIF 2.32, tag 0x0112: where the first row and the first column of the file lie.
@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (40, 30), "left"), (2, (40, 30), "right"), (3, (40, 30), "right"),
        (4, (40, 30), "left"), (5, (30, 40), "top"), (6, (30, 40), "top"),
        (7, (30, 40), "bottom"), (8, (30, 40), "bottom"),
    ],
)  # fmt: skip
def test_a_photo_is_turned_upright(orientation, size, red_at):
    picture = clean(file=photo(orientation=orientation), limits=LIMITS)
    image, (width, height) = _seen(picture.content), size
    places = {"left": (3, height // 2), "right": (width - 4, height // 2)}
    places |= {"top": (width // 2, 3), "bottom": (width // 2, height - 4)}
    assert (picture.width, picture.height) == image.size == size
    assert _near(image.getpixel(places[red_at]), RED)
    assert image.getexif().get(ORIENTATION) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (1601, 10), (1600, 1600), (1, 1)])
def test_the_longest_side_is_1600_at_most(kind, size):
    picture = clean(file=photo(size=size, kind=kind), limits=LIMITS)
    assert max(picture.width, picture.height) == min(max(size), 1600)
    assert max(_seen(picture.thumbnail).size) == min(max(size), 320)
    assert abs(picture.width * size[1] - picture.height * size[0]) <= max(size)


@given(width=st.integers(1, 300), height=st.integers(1, 300), side=st.integers(1, 100))
def test_a_picture_keeps_its_shape(width, height, side):
    limits = Limits(size=10**6, pixels=10**6, side=side, thumbnail_side=side)
    picture = clean(file=photo(size=(width, height), kind="PNG"), limits=limits)
    assert max(picture.width, picture.height) == min(side, max(width, height))
    scale = min(1, side / max(width, height))
    assert abs(picture.width - max(1, width * scale)) <= 1
    assert abs(picture.height - max(1, height * scale)) <= 1


@pytest.mark.parametrize(
    ("kind", "mode", "colour", "shown"),
    [
        ("JPEG", "L", 120, (120, 120, 120)),
        ("JPEG", "CMYK", (0, 255, 255, 0), (237, 28, 36)),
        ("PNG", "P", 0, BLACK),
        ("PNG", "1", 1, (255, 255, 255)),
        ("PNG", "LA", (120, 255), (120, 120, 120)),
        ("PNG", "I;16", 40_000, (156, 156, 156)),
    ],
)
def test_every_kind_of_colour_is_shown(kind, mode, colour, shown):
    picture = clean(file=photo(kind=kind, mode=mode, colour=colour), limits=LIMITS)
    pixel = _seen(picture.content).convert("RGB").getpixel((5, 5))
    assert all(abs(one - two) < 40 for one, two in zip(pixel, shown, strict=True)), pixel


def test_what_is_see_through_stays_so():
    picture = clean(file=photo(kind="PNG", mode="RGBA", colour=(9, 9, 9, 0)), limits=LIMITS)
    assert _seen(picture.content).getpixel((5, 5))[3] == 0


def test_name_and_declared_type_say_nothing():
    sent = photo(kind="PNG")
    sent.name, sent.content_type = "photo.jpg", "image/jpeg"
    assert clean(file=sent, limits=LIMITS).content_type == "image/png"


def test_several_pictures_in_one_file_are_the_first_of_them():
    out = BytesIO()
    Image.new("RGB", (40, 30), RED).save(
        out, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30))]
    )
    picture = clean(file=out, limits=LIMITS)
    assert picture.content_type == "image/jpeg"
    assert _near(_seen(picture.content).getpixel((5, 5)), RED)


def _png(width, height, rows=b""):
    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "JPEG"),
        (b"GIF89a" + bytes(100), "JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG"),
        (b"%PDF-1.7", "JPEG"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "HEIC"),
        (b"\0\0\0\x18ftypmif1" + bytes(50), "HEIC"),
        (_png(8_000, 8_000), "64|60"),
        (_png(100_000, 100_000), "million|JPEG"),
        (_png(30, 30, bytes(100)), "damaged"),
        (photo(size=(400, 400)).getvalue()[:2_000], "damaged"),
        (bytes(LIMITS.size + 1), "20 MB"),
    ],
    ids=["empty", "gif", "svg", "pdf", "jpeg-start", "heic", "heif", "64-megapixels", "bomb",
         "short-png", "cut-jpeg", "too-large"],
)  # fmt: skip
def test_what_cannot_be_kept_gets_a_sentence(data, says):
    with pytest.raises(PictureRefused, match=says), translation.override("en"):
        clean(file=BytesIO(data), limits=LIMITS)


@pytest.mark.filterwarnings("ignore::UserWarning")  # pillow tells, and goes on
@settings(max_examples=300)
@given(st.data())
def test_a_damaged_file_is_refused_or_shown_but_never_an_accident(data):
    whole = bytearray(photo(kind=data.draw(st.sampled_from(["JPEG", "PNG"]))).getvalue())
    for _each in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(PictureRefused):
        assert clean(file=BytesIO(bytes(whole)), limits=LIMITS).content
