"""`./run care …`: plan, check, repair, explain, generate; sentences in two languages."""

import json
import os
import signal
import subprocess
import sys

import pytest

from bandeng.care.tests import small
from bandeng.care.tests.test_files import CLASSIC
from config import cli


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def instance(tmp_path):
    path = tmp_path / "day.json"
    path.write_text(json.dumps(CLASSIC))
    return path


def care(*words):
    return cli.main(["care", *map(str, words)])


def planned(instance, *more):
    out = instance.with_name("plan.json")
    assert care("plan", instance, "--iterations", 2_000, "--workers", 1, "--out", out, *more) == 0
    return out


def test_an_instance_is_planned_and_its_plan_checked(instance, capsys):
    out = planned(instance)
    assert care("check", instance, out) == 0
    said = capsys.readouterr().out
    assert "No rule is broken." in said
    assert care("check", instance, out, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["violations"] == []
    assert told["cost"] == pytest.approx(json.loads(out.read_text())["cost"]["objective"])


def test_a_broken_plan_is_named_and_fails(instance, capsys):
    out = planned(instance)
    plan = json.loads(out.read_text())
    plan["routes"][0]["locations"][0]["arrival_time"] = 10
    out.write_text(json.dumps(plan))
    assert care("check", instance, out) == 1
    assert "BROKEN  p1 / c1: begins before the window" in capsys.readouterr().out


def test_a_malformed_file_is_named_by_path_and_value(instance, capsys):
    instance.write_text(json.dumps(CLASSIC | {"caregivers": [{"id": "c1", "abilities": ["fly"]}]}))
    assert care("plan", instance, "--out", instance.with_name("x.json")) == 1
    assert "$.caregivers[0].abilities[0]: names nothing known ('fly')" in capsys.readouterr().err
    assert care("check", instance.with_name("none.json"), instance) == 1
    assert "none.json: is not there" in capsys.readouterr().err


def test_a_visit_that_nobody_can_make_is_named(instance, capsys):
    raw = json.loads(json.dumps(CLASSIC))
    raw["caregivers"][1]["abilities"] = ["wash"]
    instance.write_text(json.dumps(raw))
    assert care("plan", instance, "--out", instance.with_name("x.json")) == 1
    assert "Visit p2 can be made by nobody" in capsys.readouterr().err


def test_a_plan_is_explained_in_the_terminals_language(instance, capsys, monkeypatch):
    out = planned(instance)
    assert care("explain", instance, out, "p1") == 0
    said = capsys.readouterr().out
    assert "c1, day 0, 01:00: the client's window opens then" in said
    assert "never c2: no such skill" in said
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert care("explain", instance, out, "p1") == 0
    assert "不可 c2:不具备所需技能" in capsys.readouterr().out


def test_a_month_is_generated_planned_and_repaired(tmp_path, capsys):
    month, plan = tmp_path / "month.json", tmp_path / "plan.json"
    assert care("generate", "--visits", 30, "--seed", 2, "--out", month) == 0
    words = ("--iterations", 20_000, "--workers", 1, "--quiet", "--out")
    assert care("plan", month, "--month", *words, plan) == 0
    assert care("check", month, plan) == 0
    assert care("repair", month, plan, "--sick", "carer-1:2", *words, plan) == 0
    assert "Visits changed:" in capsys.readouterr().out
    assert care("repair", month, plan, "--sick", "nobody", *words, plan) == 1


def test_a_folder_that_is_not_there_is_said_before_the_search(instance, capsys):
    assert care("plan", instance, "--out", instance.with_name("no") / "plan.json") == 1
    assert "No such folder" in capsys.readouterr().err


@pytest.mark.parametrize("out", ["/proc/plan.json", "."])
def test_where_nothing_can_be_written_is_said_before_the_search(instance, capsys, out):
    assert care("plan", instance, "--seconds", 500, "--out", out) == 1
    assert capsys.readouterr().err.startswith(out)


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf"])
def test_a_budget_that_is_none_is_refused(instance, capsys, seconds):
    out = instance.with_name("plan.json")
    assert care("plan", instance, "--seconds", seconds, "--out", out) == 1
    assert "budget must be above 0" in capsys.readouterr().err


def test_a_second_is_enough_for_a_plan(instance):
    out = instance.with_name("plan.json")
    assert care("plan", instance, "--seconds", "1", "--quiet", "--out", out) == 0
    assert care("check", instance, out) == 0


@pytest.mark.parametrize("left_out", ["patients", "caregivers"])
def test_an_empty_day_is_no_mistake_but_a_day_without_carers_is_impossible(
    instance, left_out, capsys
):
    instance.write_text(json.dumps(CLASSIC | {left_out: []}))
    out = instance.with_name("plan.json")
    code = care("plan", instance, "--iterations", 1_000, "--workers", 1, "--out", out)
    assert code == (0 if left_out == "patients" else 1)
    if code:
        assert "can be made by nobody" in capsys.readouterr().err


def test_a_day_is_not_a_month(instance, capsys):
    assert care("plan", instance, "--month", "--out", instance.with_name("x.json")) == 1
    assert "not a month" in capsys.readouterr().err


def test_without_numba_an_honest_sentence(instance):
    hidden = (
        "import sys; sys.modules['numba'] = None\n"
        "from config import cli; sys.exit(cli.main(sys.argv[1:]))"
    )
    for language, words in (("en", "Planning needs numba"), ("zh_CN", "排班需要 numba")):
        done = subprocess.run(
            [sys.executable, "-c", hidden, "care", "plan", instance, "--out", "x.json"],
            env=os.environ | {"LC_ALL": f"{language}.UTF-8"},
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert (done.returncode, words in done.stderr) == (1, True), done.stderr


def test_checking_needs_no_numeric_library(instance):
    out = planned(instance)
    hidden = (
        "import sys\n"
        "for name in ('numba', 'numpy', 'scipy', 'django'): sys.modules[name] = None\n"
        "from config import cli; sys.exit(cli.main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", hidden, "care", "check", instance, out],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("lines", "compiled"), [(1, True), (2, True), pytest.param(1, False, marks=pytest.mark.slow)]
)
def test_a_stopped_search_writes_the_best_plan_so_far(tmp_path, lines, compiled):
    """After one line it is being prepared (or compiled), after two it searches."""
    path, out = tmp_path / "day.json", tmp_path / "plan.json"
    path.write_text(json.dumps(small.day(seed=3, visits=14, carers=4)))
    words = ["care", "plan", path, "--seconds", "300", "--out", out]
    anew = {} if compiled else {"XDG_CACHE_HOME": str(tmp_path)}
    child = subprocess.Popen(
        [sys.executable, "-m", "config.cli", *words], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"LC_ALL": "en_GB.UTF-8"} | anew,
    )  # fmt: skip
    assert child.stdout is not None
    for _line in range(lines):
        child.stdout.readline()
    child.send_signal(signal.SIGINT)
    said, _none = child.communicate(timeout=300)
    assert "Stopped early" in said
    assert care("check", path, out) == 0
