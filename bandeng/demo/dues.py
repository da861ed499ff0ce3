"""What homes of the scenario owe, on paper: invented, within the page's words for seed 0."""

from dataclasses import dataclass
from datetime import date
from random import Random

from bandeng.demo.estate import PAGE, EstatePlan, HomePlan

OWING_OF_PAGE, OWED_OF_PAGE = 846, 294_600_000  # invented within "800余户", "近300万元"; fen
LAST_MONTH = date(2024, 8, 31)
MONTHS = (9, 12, 18, 24, 30, 36)


@dataclass(frozen=True)
class DuePlan:
    """One home's arrears: whole months up to `LAST_MONTH`; rate in fen per m² and month."""

    home: HomePlan
    since: date
    months: int
    rate: int

    @property
    def amount(self) -> int:
        """Give the sum, in fen, rounded half up as the property contract says."""
        return (self.home.floor_area * self.rate * self.months + 50) // 100


def dues(*, plan: EstatePlan, seed: int) -> tuple[DuePlan, ...]:
    """Give who owes what: only sold homes in buildings that a company looked after."""
    dice = Random(seed + 1)  # noqa: S311
    billed = [
        home
        for home in plan.homes
        if home.building not in plan.unmanaged and "已售" in home.conditions
    ]
    count = OWING_OF_PAGE if seed == PAGE else dice.randint(len(billed) // 3, len(billed) * 2 // 3)
    owing = sorted(dice.sample(range(len(billed)), count))
    months = [dice.choice(MONTHS) for _ in owing]
    rate = 150
    if seed == PAGE:
        weight = sum(billed[n].floor_area * m for n, m in zip(owing, months, strict=True))
        rate = round(OWED_OF_PAGE * 100 / weight)
    return tuple(
        DuePlan(billed[n], _months_back(m), m, rate) for n, m in zip(owing, months, strict=True)
    )


def _months_back(months: int) -> date:
    first = LAST_MONTH.year * 12 + LAST_MONTH.month - months
    return date(first // 12, first % 12 + 1, 1)
