"""Another estate beside the world's own, of any size: its figures are named and counted."""

from datetime import date, timedelta

from bandeng.cases.actions import make_safe, name_buildings, submit_report
from bandeng.cases.models import Case
from bandeng.cases.rules.states import Kind
from bandeng.funds.actions import bill_dues
from bandeng.funds.models import SupervisedAccount
from bandeng.funds.tests.world import bill, open_account
from bandeng.places.actions import add_building, add_estate, add_home, set_state
from bandeng.places.models import Estate, Home, HomeCondition
from bandeng.stories import recount
from bandeng.stories.actions import define_figure
from bandeng.stories.catalogue import SOURCES
from bandeng.trail.rules import HOUSE

SINCE = date(2019, 5, 1)


def willow(*, world, buildings, homes):
    """Every second home is occupied; all buildings but the last are at risk."""
    by = {"by": HOUSE, "at": world.now}
    estate = add_estate(name="柳园", area=world.here, address="", **by)
    made = [add_building(estate=estate, number=str(n + 1), **by) for n in range(buildings)]
    for building in made:
        for number in range(homes):
            home = add_home(building=building, entrance="1", number=str(101 + number), **by)
            if number % 2 == 0:
                occupied = HomeCondition.OCCUPIED
                set_state(home=home, condition=occupied, since_on=SINCE, source="名册", **by)
    case = _hazard(estate, world, made[:-1] or made)
    tokens = {
        Estate: estate.token, Case: case.token, SupervisedAccount: _owing(world, made[0]).token,
    }  # fmt: skip
    _name_figures(tokens=tokens, **by)
    return tokens


def _owing(world, building):
    account = open_account(world, name="柳园专户")
    homes = Home.objects.filter(building=building).select_related("building__estate")
    bills = [bill(world, home=home, yuan=100 + n) for n, home in enumerate(homes)]
    bill_dues(
        account=account, bills=bills, file_name="x", content=b"willow", by=world.people["Mona"],
        at=world.now,
    )  # fmt: skip
    return account


def _hazard(estate, world, affected):
    by = {"by": HOUSE, "at": world.now}
    told = submit_report(estate=estate, category=world.facade, kind=Kind.HAZARD, text="掉砖", **by)
    case = told.report.case
    name_buildings(case=case, buildings=affected, by=world.people["Erin"], at=world.now)
    make_safe(
        case=case, note="已铲除", without_photo="夜里没有光", by=world.people["Erin"],
        at=world.now + timedelta(days=3),
    )  # fmt: skip
    return case


def _name_figures(*, tokens, by, at):
    for source in recount.COUNTS:
        token = tokens[SOURCES[source].subject]
        define_figure(
            key=f"willow.{source.split('.')[1]}",
            source=source,
            subject=token,
            label_zh=source,
            label_en=source,
            by=by,
            at=at,
        )
