"""The scenario: the page's estate agrees with the page, any other with a plain recount."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bandeng.cases.models import Case, Report
from bandeng.demo.build import build
from bandeng.demo.checking import check
from bandeng.demo.estate import plan
from bandeng.demo.telling import MOST, tell
from bandeng.places.models import Home, HomeState
from bandeng.stories.models import FigureKey

NOW = timezone.now()
BUILT = {
    "fuxin.buildings",
    "fuxin.homes",
    "fuxin.stuck_since",
    "fuxin.homes_at_risk",
    "fuxin.facade_days_to_safe",
    "fuxin.homes_in_arrears",
    "fuxin.arrears_fen",
}


def _rows(seed):
    return {row["key"]: row for row in check(on_page=seed == 0, at=NOW)}


def test_the_page_agrees_with_the_page_and_can_be_told(own_clone, owner, capsys):
    page, rows = build(seed=0, now=NOW), _rows(0)
    assert len(rows) == 31
    assert {key for key, row in rows.items() if row["built"]} == BUILT
    assert [row for row in rows.values() if row["built"] and not row["ok"]] == []
    assert all(rows[key]["records"] > 0 for key in BUILT)
    assert rows["fuxin.homes"]["found"] == 1572
    told = list(tell(cases=list(page.cases.values()), at=NOW))
    assert len(told) <= MOST
    assert any("1,572" in line or "1572" in line for line in told)
    _spoil_and_check(owner, capsys)


def _spoil_and_check(owner, capsys):
    """A figure outside the page's bounds fails the check by name."""
    call_command("check_demo")
    assert "✗" not in capsys.readouterr().out
    earlier = "UPDATE cases_report SET at = at - interval '2 years' WHERE id = %s"
    owner.execute(earlier, [_first().pk])
    with pytest.raises(CommandError, match=r"fuxin\.stuck_since"):
        call_command("check_demo")
    assert "✗ fuxin.stuck_since" in capsys.readouterr().out


def _first():
    key = FigureKey.objects.get(key="fuxin.stuck_since")
    assert key.subject
    return Report.objects.filter(case=Case.objects.get(token=key.subject)).order_by("at")[0]


def _estate_of(seed):
    built = build(seed=seed, now=NOW)
    assert [row for row in _rows(seed).values() if row["built"] and not row["ok"]] == []
    return built


def test_another_estate_has_other_numbers_that_are_as_true(own_clone, owner):
    """One counted record less is one less, there and nowhere else."""
    built, before = _estate_of(7), _rows(7)
    assert len(built.plan.homes) != 1572
    assert Home.objects.count() == len(built.plan.homes)
    lived_in = HomeState.objects.filter(condition="occupied").first()
    assert lived_in
    owner.execute("DELETE FROM places_homestate WHERE id = %s", [lived_in.pk])
    after = _rows(7)
    less = before["fuxin.homes_at_risk"]["found"] - after["fuxin.homes_at_risk"]["found"]
    assert less == 1
    assert after["fuxin.homes"]["found"] == before["fuxin.homes"]["found"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 11, 12])
def test_many_estates(own_clone, seed):
    _estate_of(seed)


@pytest.mark.parametrize("seed", range(5))
def test_the_same_seed_gives_the_same_estate(seed):
    assert plan(seed=seed) == plan(seed=seed)
    assert len({(h.building, h.entrance, h.number) for h in plan(seed=seed).homes}) == len(
        plan(seed=seed).homes
    )


@pytest.mark.django_db
def test_the_scenario_is_never_built_into_real_data(settings):
    settings.BANDENG_DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command("build_demo")
