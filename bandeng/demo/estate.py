"""The estate of the scenario, on paper: which buildings and homes, in which condition.

Seed 0 is the page's estate. Every other seed is another one, with other numbers. Homes,
people and sums are invented in all of them.
"""

from dataclasses import dataclass
from random import Random

PAGE = 0
OCCUPIED_OF_PAGE = 1_147  # invented within the page's "1100余户"


@dataclass(frozen=True)
class Entrance:
    """One staircase of a building."""

    floors: int
    homes_a_floor: int


@dataclass(frozen=True)
class HomePlan:
    """One home: its address, its area in 0.01 m², its conditions, its invented owner."""

    building: int
    entrance: int
    floor: int
    number: str
    floor_area: int
    conditions: tuple[str, ...]
    owner: str
    phone: str


@dataclass(frozen=True)
class EstatePlan:
    """An estate with its homes; `inhabited` buildings are those where people live."""

    name: str
    buildings: tuple[tuple[Entrance, ...], ...]
    inhabited: frozenset[int]
    unmanaged: frozenset[int]
    homes: tuple[HomePlan, ...]
    stuck_since: int


PAGE_BUILDINGS: tuple[tuple[Entrance, ...], ...] = (
    *([(Entrance(32, 4), Entrance(32, 4))] * 2),
    (Entrance(30, 4), Entrance(30, 4)),
    (Entrance(28, 4), Entrance(28, 4)),
    (Entrance(27, 4), Entrance(27, 4)),
    (Entrance(24, 4), Entrance(24, 4)),
    (Entrance(24, 4), Entrance(23, 4)),
)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂英华文慧玲辉红玉春梅建国志海燕云飞龙欣宇晨浩然"
FLAT_AREAS = (8_850, 10_215, 11_940, 13_560)  # 0.01 m²


def plan(*, seed: int) -> EstatePlan:
    """Give the estate of `seed`; the same seed gives the same estate."""
    dice = Random(seed)  # noqa: S311  invented people need no secrecy
    if seed == PAGE:
        name, buildings, stuck_since = "福鑫南郡小区", PAGE_BUILDINGS, 2015
    else:
        name = f"演示{dice.choice('松竹梅兰菊荷桂樟')}苑小区"
        buildings, stuck_since = _other_buildings(dice), dice.randint(2015, 2021)
    count = len(buildings)
    inhabited = frozenset(range(1, max(2, round(count * 0.72)) + 1))
    addresses = _addresses(buildings)
    lived_in = [place for place in addresses if place[0] in inhabited]
    most = OCCUPIED_OF_PAGE if seed == PAGE else dice.randint(len(lived_in) // 2, len(lived_in) - 1)
    occupied = frozenset(dice.sample(lived_in, most))
    homes = tuple(_home(dice, place, place in occupied) for place in addresses)
    return EstatePlan(
        name, buildings, inhabited, frozenset(range(count - 1, count + 1)), homes, stuck_since
    )


def _other_buildings(dice: Random) -> tuple[tuple[Entrance, ...], ...]:
    return tuple(
        tuple(Entrance(dice.randint(6, 18), dice.choice((2, 4))) for _ in range(dice.randint(1, 3)))
        for _ in range(dice.randint(4, 12))
    )


def _addresses(buildings: tuple[tuple[Entrance, ...], ...]) -> list[tuple[int, int, int, int]]:
    return [
        (building, entrance, floor, flat)
        for building, entrances in enumerate(buildings, start=1)
        for entrance, shape in enumerate(entrances, start=1)
        for floor in range(1, shape.floors + 1)
        for flat in range(1, shape.homes_a_floor + 1)
    ]


def _home(dice: Random, place: tuple[int, int, int, int], occupied: bool) -> HomePlan:
    building, entrance, floor, flat = place
    sold = occupied or dice.random() < 0.8
    return HomePlan(
        building=building,
        entrance=entrance,
        floor=floor,
        number=f"{floor}{flat:02d}",
        floor_area=FLAT_AREAS[(flat - 1) % len(FLAT_AREAS)] + dice.randint(-90, 90),
        conditions=_conditions(dice, sold=sold, occupied=occupied),
        owner=_name(dice) if sold else "",
        phone=f"1{dice.choice('3589')}{dice.randint(0, 10**9 - 1):09d}" if sold else "",
    )


def _conditions(dice: Random, *, sold: bool, occupied: bool) -> tuple[str, ...]:
    if not sold:
        return ("未售", "抵押") if dice.random() < 0.3 else ("未售",)
    known = ["已售"]
    if occupied:
        known += ["已交付", "已入住"]
    elif dice.random() < 0.15:
        known.append(dice.choice(("查封", "抵债", "一房多卖")))
    return tuple(known)


def _name(dice: Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))
