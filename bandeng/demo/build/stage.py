"""What the parts of the scenario share: who and what is there, and the story's clock."""

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from random import Random
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from bandeng.cases.models import Case, Category
from bandeng.demo.estate import EstatePlan
from bandeng.people.models import Organisation, Person
from bandeng.places.models import Building, Estate

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class Stage:
    """The scenario while it is being built."""

    plan: EstatePlan
    dice: Random
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    estate: Estate = field(init=False)
    buildings: dict[str, Building] = field(init=False)


def clock(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Give a moment of the story, in local time."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def photo(*, tint: tuple[int, int, int]) -> BytesIO:
    """Paint a photo that nobody can take for a real one."""
    picture = Image.new("RGB", (1200, 900), tint)
    draw = ImageDraw.Draw(picture)
    for step in range(0, 1200, 60):
        draw.line((step, 0, step - 500, 900), fill=tuple(min(255, c + 18) for c in tint), width=6)
    draw.text((60, 60), "DEMO - NOT A REAL PHOTO", fill="white", font_size=48)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    out.seek(0)
    return out
