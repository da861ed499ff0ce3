"""Papers: typst templates filled with data, as PDF.

A room keeps its templates in its folder `documents/`; `/kit/documents/house.typ` gives them
typefaces and data. Data travels as JSON and is only ever text in a paper, never code.
"""

import json
import warnings
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import segno
import typst
from django.conf import settings

from bandeng.kit import fonts

ROOMS = Path(__file__).parents[1]
FRAME = """#import "/kit/documents/house.typ": framed
#show: framed
#include "{template}"
"""


class DocumentError(Exception):
    """A template is wrong, or its data lack something it needs."""


def render_pdf(*, template: str, data: Mapping[str, Any], language: str) -> bytes:
    """Fill a room's template: `cases/minutes.typ` lies in `bandeng/cases/documents/`.

    Where the house is a demonstration, every page says so (虚构演示).

    Raises:
        DocumentError: typst's message, with the template's name.
    """
    room, _, name = template.partition("/")
    inputs = {
        "data": json.dumps(data, ensure_ascii=False, default=str),
        "demo": "yes" if settings.BANDENG_DEMO else "no",
        "language": "en" if language == "en" else "zh",
        "families": json.dumps(typefaces().families()),
    }
    frame = FRAME.format(template=f"/{room}/documents/{name}").encode()
    try:
        with warnings.catch_warnings():  # a missing licensed typeface is no fault: Noto follows
            warnings.simplefilter("ignore", typst.TypstWarning)
            compiler = typst.Compiler(frame, root=ROOMS, font_paths=typefaces(), sys_inputs=inputs)
            return cast("bytes", compiler.compile(format="pdf"))
    except typst.TypstError as error:
        raise DocumentError(f"{template}: {error.diagnostic}") from error


@cache
def typefaces() -> typst.Fonts:
    """Read the typefaces once: the office's own, then ours; never whatever the machine has."""
    return typst.Fonts(include_system_fonts=False, font_paths=fonts.directories())


def qr_svg(address: str) -> str:
    """Draw a QR code for a template: `image(bytes(d.qr), format: "svg")`."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()
