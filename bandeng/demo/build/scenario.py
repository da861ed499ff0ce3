"""The order in which the scenario is told."""

from datetime import datetime
from random import Random

from bandeng.demo import estate
from bandeng.demo.build.everyday import tell_the_everyday, tell_the_last_days
from bandeng.demo.build.money import (
    advance_for_the_facade,
    collect,
    open_the_account,
    pay_the_builder,
)
from bandeng.demo.build.office import open_office
from bandeng.demo.build.roster import take_in_the_roster
from bandeng.demo.build.stage import Stage
from bandeng.demo.build.stuck import tell_the_facade, tell_the_stuck_case
from bandeng.demo.page import build_page


def build(*, seed: int, now: datetime) -> Stage:
    """Build the scenario of `seed` into an empty database; `now` is when that happens."""
    stage = Stage(plan=estate.plan(seed=seed), dice=Random(seed))  # noqa: S311
    open_office(stage=stage)
    take_in_the_roster(stage=stage)
    tell_the_stuck_case(stage=stage)
    open_the_account(stage=stage, seed=seed)
    tell_the_facade(stage=stage)
    advance_for_the_facade(stage=stage)
    collect(stage=stage)
    pay_the_builder(stage=stage)
    tell_the_everyday(stage=stage)
    tell_the_last_days(stage=stage, now=now)
    build_page(stage=stage)
    return stage
