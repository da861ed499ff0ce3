"""What the parts of the scenario share: who and what is there, and the story's clock."""

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from random import Random
from zoneinfo import ZoneInfo

from bandeng.cases.models import Case, Category
from bandeng.demo.dues import DuePlan
from bandeng.demo.estate import EstatePlan
from bandeng.funds.models import Receivable, SupervisedAccount
from bandeng.kit.pictures import painted
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
    account: SupervisedAccount = field(init=False)
    dues: dict[int, DuePlan] = field(init=False)
    household: Receivable = field(init=False)


def clock(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Give a moment of the story, in local time."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def photo(*, tint: tuple[int, int, int]) -> BytesIO:
    """Give a photo that nobody can take for a real one."""
    return painted(words="DEMO - NOT A REAL PHOTO", tint=tint)
