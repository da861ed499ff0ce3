"""`./run care …`: the care planner on files; needs neither a database nor Django."""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bandeng.care.planner.errors import (
    BadFile,
    Disagreement,
    EngineMissing,
    Impossible,
)
from bandeng.care.planner.evaluation import Assessment, evaluate
from bandeng.care.planner.model import HARD, Instance, Plan
from bandeng.care.planner.reading import read_instance
from bandeng.care.planner.solutions import read_plan, try_writing, write_plan
from config.care_words import broken, file_rule, part_name
from config.terminal import Problem, choose, say

if TYPE_CHECKING:
    from bandeng.care.planner.search import Outcome

Words = Sequence[str]
LONGEST = 1_000_000  # seconds


def care(words: Words) -> int:
    """Plan, check, repair, explain or generate.

    Raises:
        Problem: a file is malformed, a library is missing, or there is no plan at all.
    """
    parser = _parser()
    asked = parser.parse_args(words)
    try:
        code: int = asked.work(asked)
    except BadFile as bad:
        raise Problem(_bad_file(bad)) from None
    except EngineMissing as missing:
        raise Problem(_missing(missing)) from None
    except Impossible as impossible:
        raise Problem(_impossible(impossible)) from None
    except Disagreement as found:
        raise Problem(_disagreement(found)) from None
    except KeyboardInterrupt:
        raise Problem(choose("Stopped; nothing was written.", "已中断,未写入文件。")) from None
    except OSError as error:
        if error.errno == 28:  # ENOSPC: told for every command alike
            raise
        raise Problem(f"{error.filename}: {error.strerror}") from None
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run care")
    verbs = parser.add_subparsers(required=True)
    for name, work, build in (
        ("plan", plan, _plan_words),
        ("check", check, _check_words),
        ("repair", repair, _repair_words),
        ("explain", explain, _explain_words),
        ("generate", generate, _generate_words),
    ):
        verb = verbs.add_parser(name)
        build(verb)
        verb.set_defaults(work=work)
    return parser


def _plan_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--month", action="store_true", help="the instance is a month")
    _search_words(parser, seconds=60.0)


def _search_words(parser: argparse.ArgumentParser, *, seconds: float) -> None:
    parser.add_argument("--seconds", type=float, default=seconds)
    parser.add_argument("--iterations", type=int, default=0, help="instead of seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, choices=(1, 2))
    parser.add_argument("--quiet", action="store_true", help="no progress")


def _check_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", type=Path)
    parser.add_argument("solution", type=Path)
    parser.add_argument("--json", action="store_true")


def _repair_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", type=Path)
    parser.add_argument("solution", type=Path, help="the plan that was published")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sick", action="append", default=[], metavar="CARER[:DAY]")
    parser.add_argument("--cancel", action="append", default=[], metavar="VISIT")
    _search_words(parser, seconds=1.0)


def _explain_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", type=Path)
    parser.add_argument("solution", type=Path)
    parser.add_argument("visit")


def _generate_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--visits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)


def plan(asked: argparse.Namespace) -> int:
    """Plan an instance and write the plan."""
    instance = read_instance(path=asked.instance)
    if asked.month and instance.form != "month":
        raise Problem(choose("This instance is not a month.", "该实例不是月度实例。"))
    from bandeng.care.planner.planning import plan_instance  # needs the extra [plan]
    from bandeng.care.planner.tracks import stopping

    budget = _budget(asked)
    with stopping() as control:
        if not asked.quiet:
            say(
                "Preparing the search (the first time it is compiled: half a minute) …",
                "正在准备排班程序(首次需编译,约半分钟)……",
            )
        outcome = plan_instance(
            instance=instance,
            seed=asked.seed,
            budget=budget,
            workers=asked.workers,
            progress=None if asked.quiet else _progress,
            control=control,
        )
    _finish(instance, outcome, asked.out)
    return 1 if outcome.assessment.violations else 0


def _budget(asked: argparse.Namespace) -> Any:
    from bandeng.care.planner.engine.track import Budget

    _try_writing(asked.out)  # rather now than after the search
    if not 0 < asked.seconds <= LONGEST or asked.iterations < 0:
        raise Problem(
            choose(
                f"The budget must be above 0 and at most {LONGEST:,} seconds.",
                f"时间须大于 0,且不超过 {LONGEST:,} 秒。",
            )
        )
    return Budget(seconds=asked.seconds, trials=asked.iterations)


def _try_writing(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise Problem(choose(f"No such folder: {path.parent}", f"目录不存在:{path.parent}"))
    try_writing(path=path)


def _progress(seconds: float, cost: float) -> None:
    say(f"{seconds:6.1f} s  {cost:,.2f}", f"{seconds:6.1f} 秒  {cost:,.2f}")


def _finish(instance: Instance, outcome: "Outcome", path: Path) -> None:
    write_plan(instance=instance, plan=outcome.plan, assessment=outcome.assessment, path=path)
    if not outcome.complete:
        say("Stopped early: this is the best plan so far.", "已提前停止,以下为目前最好的方案。")
    say(
        f"{path}: cost {outcome.assessment.cost:,.3f} in {outcome.seconds:.1f} s "
        f"(besides {outcome.compile_seconds:.1f} s to compile or load the search)",
        f"{path}:成本 {outcome.assessment.cost:,.3f},用时 {outcome.seconds:.1f} 秒"
        f"(另有编译或载入 {outcome.compile_seconds:.1f} 秒)",
    )
    _tell_violations(outcome.assessment)


def check(asked: argparse.Namespace) -> int:
    """Print what a plan costs and breaks. Returns: 1 where it breaks a rule."""
    instance = read_instance(path=asked.instance)
    found = evaluate(instance=instance, plan=read_plan(instance=instance, path=asked.solution))
    if asked.json:
        print(json.dumps(_as_json(instance, found), ensure_ascii=False))  # noqa: T201
    else:
        _tell_parts(instance, found)
        _tell_violations(found)
    return 1 if found.violations else 0


def _as_json(instance: Instance, found: Assessment) -> dict[str, Any]:
    return {
        "cost": found.cost,
        "parts": {k: v for k, v in found.amounts.items() if instance.price(k)},
        "violations": [
            {"rule": v.rule, "visit": v.visit, "carer": v.carer, "amount": v.amount}
            for v in found.violations
        ],
    }


def _tell_parts(instance: Instance, found: Assessment) -> None:
    for part, amount in found.amounts.items():
        price = instance.price(part)
        if not price:
            continue
        cost = choose("a rule", "硬性") if price == HARD else f"{amount * price:,.3f}"
        print(f"{part_name(part):<28} {amount:>12,.3f} × {price:<8g} {cost:>14}")  # noqa: T201
    say(
        f"cost {found.cost:,.3f} (the sum divided by {instance.divisor:g})",
        f"成本 {found.cost:,.3f}(合计除以 {instance.divisor:g})",
    )


def _tell_violations(found: Assessment) -> None:
    if not found.violations:
        say("No rule is broken.", "未违反任何规则。")
    for one in found.violations:
        print(broken(one))  # noqa: T201


def repair(asked: argparse.Namespace) -> int:
    """Repair a published plan after illness, a cancelled or a new visit."""
    instance = read_instance(path=asked.instance)
    published = read_plan(instance=instance, path=asked.solution)
    from bandeng.care.planner.repair import repair_plan

    done = repair_plan(
        instance=instance,
        published=published,
        sick=[_sick(instance, said) for said in asked.sick],
        cancelled=[_known(instance, name) for name in asked.cancel],
        seed=asked.seed,
        budget=_budget(asked),
    )
    _finish(done.instance, done.outcome, asked.out)
    say(f"Visits changed: {done.changed}", f"变动的上门服务:{done.changed}")
    return 1 if done.outcome.assessment.violations else 0


def _sick(instance: Instance, said: str) -> tuple[str, int | None]:
    name, _colon, day = said.partition(":")
    if name not in instance.skills or (day and not day.isdigit()):
        raise Problem(choose(f"No such carer or day: {said}", f"没有该护理员或日期:{said}"))
    return name, int(day) if day else None


def _known(instance: Instance, name: str) -> str:
    if all(visit.id != name for visit in instance.visits):
        raise Problem(choose(f"No such visit: {name}", f"没有该上门服务:{name}"))
    return name


def explain(asked: argparse.Namespace) -> int:
    """Say why a visit is where it is, and what else it could be."""
    instance = read_instance(path=asked.instance)
    standing: Plan = read_plan(instance=instance, path=asked.solution)
    from bandeng.care.planner.explaining import explain_visit
    from config.care_words import explanation

    name = _known(instance, asked.visit)
    for line in explanation(explain_visit(instance=instance, plan=standing, visit=name)):
        print(line)  # noqa: T201
    return 0


def generate(asked: argparse.Namespace) -> int:
    """Write an invented month."""
    from bandeng.care.planner.generating import generate_month

    _try_writing(asked.out)
    if not 10 <= asked.visits <= 20_000:
        raise Problem(
            choose("Between 10 and 20,000 visits, please.", "次数须在 10 至 20000 之间。")
        )
    month = generate_month(visits=asked.visits, seed=asked.seed)
    asked.out.write_text(json.dumps(month, ensure_ascii=False) + "\n", encoding="utf-8")
    say(f"{asked.out}: {len(month['visits'])} visits", f"{asked.out}:{len(month['visits'])} 次上门")
    return 0


def _bad_file(bad: BadFile) -> str:
    value = "" if bad.value is None else f" ({bad.value!r})"
    return f"{bad.path}: {file_rule(bad.rule)}{value}"


def _missing(missing: EngineMissing) -> str:
    return choose(
        f"Planning needs {missing.library}, which is not part of the base installation. "
        "`./run care plan …` installs it; or: pip install -r requirements-plan.lock. "
        "Checking plans works without it.",
        f"排班需要 {missing.library},基础安装不含该组件。"
        "执行 ./run care plan …… 会自动安装;也可以 pip install -r requirements-plan.lock。"
        "检查方案不需要它。",
    )


def _disagreement(found: Disagreement) -> str:
    return choose(
        f"Nothing was written: the evaluator finds another cost than the search ({found}). "
        "That is a mistake of ours: please send us the instance.",
        f"未写入文件:评估结果与排班程序的成本不一致({found})。这是程序错误,请把实例文件发给我们。",
    )


def _impossible(impossible: Impossible) -> str:
    return choose(
        f"Visit {impossible.visit} can be made by nobody: see `./run care explain`.",
        f"上门服务 {impossible.visit} 无人可以承担,详见 ./run care explain。",
    )


Work = Callable[[argparse.Namespace], int]
