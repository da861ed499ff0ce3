"""Pictures as phones and people make them, made by the tests themselves."""

from io import BytesIO

from PIL import Image

GPS = 0x8825
ORIENTATION, MAKER, DESCRIPTION = 0x0112, 0x010F, 0x010E


def photo(*, size=(40, 30), kind="JPEG", orientation=1, mode="RGB", colour=None, **save):
    """Give a file whose left half is red and whose metadata tell too much."""
    image = Image.new(mode, size, colour)
    if mode == "RGB" and colour is None:
        image.paste((200, 0, 0), (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER], exif[DESCRIPTION] = orientation, "SecretPhone", "SecretText"
    exif.get_ifd(GPS).update({1: "N", 2: (27.0, 49.0, 12.0), 3: "E", 4: (113.0, 9.0, 6.0)})
    out = BytesIO()
    image.save(out, kind, exif=exif, **save)
    out.seek(0)
    out.name = f"photo.{kind.lower()}"
    return out
