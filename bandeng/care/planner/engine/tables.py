"""From an Instance to the search's tables, and from the tables back to a Plan."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bandeng.care.planner.engine import state as st
from bandeng.care.planner.engine.state import FOR_EVER, NEVER
from bandeng.care.planner.model import HARD, Bond, Instance, Visit

RULE = 1e4  # what a minute of a broken rule costs inside the search
LEFT_OUT = 1e5  # what a visit costs that must be made and is not, where that can happen
MIX = (0.64, 0.09, 0.05, 0.10, 0.06, 0.06)  # relocate, carer, order, swap, visit, exchange
NEAR = 20

Table = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tasks:
    """Which visit and task of the instance each row stands for; lunches come last."""

    visit: list[int]
    task: list[int]
    mate: list[int]
    lunch_turns: list[int]

    @property
    def real(self) -> int:
        """Count the rows that are services."""
        return len(self.visit)

    @property
    def all(self) -> int:
        """Count the rows, lunches too."""
        return len(self.visit) + len(self.lunch_turns)


def list_tasks(*, instance: Instance) -> Tasks:
    """Number the services and lunches."""
    visit: list[int] = []
    task: list[int] = []
    mate: list[int] = []
    for index, one in enumerate(instance.visits):
        first = len(visit)
        for number in range(len(one.tasks)):
            visit.append(index)
            task.append(number)
            mate.append(first + 1 - number if len(one.tasks) == 2 else -1)
    lunches = [k for k, turn in enumerate(instance.turns) if turn.lunch and instance.lunch]
    return Tasks(visit, task, mate, lunches)


def _priced(instance: Instance, part: str) -> float:
    price = instance.price(part)
    return RULE if price == HARD else price


def _kind(visit: Visit, task: int) -> int:
    if visit.bond is Bond.SAME_TIME:
        return st.PAIR
    if visit.bond is Bond.IN_ORDER:
        return st.LATTER if task else st.FORMER
    return st.SINGLE


def row_ends(*, instance: Instance, tasks: Tasks, groups: int) -> dict[int, int]:
    """Say where the rows of services, tasks, items, turns and groups end."""
    pairs = sum(visit.bond is Bond.SAME_TIME for visit in instance.visits)
    services = st.FIRST_ROW + tasks.real
    ends = {st.SERVICES_END: services, st.TASKS_END: services + len(tasks.lunch_turns)}
    ends[st.ITEMS_END] = ends[st.TASKS_END] + tasks.all - pairs
    ends[st.UNSERVED] = ends[st.ITEMS_END] + len(instance.turns)
    ends[st.TURNS_END] = ends[st.UNSERVED] + 1
    ends[st.GROUPS_END] = ends[st.TURNS_END] + groups
    return ends


def write_items(*, n: Whole, instance: Instance, tasks: Tasks) -> None:
    """Write what has one place in the order of work, and each task's item."""
    item = int(n[1, st.TASKS_END])
    for o in range(tasks.all):
        row = st.FIRST_ROW + o
        kind = st.LUNCH
        if o < tasks.real:
            kind = _kind(instance.visits[tasks.visit[o]], tasks.task[o])
        n[row, st.KIND] = kind
        if kind == st.PAIR and tasks.task[o] == 1:
            n[item - 1, st.SECOND_TASK], n[row, st.ITEM] = row, item - 1
            continue
        mate = {st.FORMER: item + 1, st.LATTER: item - 1}.get(kind, -1)
        n[item, :4] = row, -1, kind, mate
        n[row, st.ITEM] = item
        item += 1


def write_tasks(*, n: Whole, instance: Instance, tasks: Tasks) -> None:
    """Write whom, where and with whom each task is."""
    for o in range(tasks.real):
        visit, row = instance.visits[tasks.visit[o]], st.FIRST_ROW + o
        n[row, st.PLACE] = visit.place
        n[row, st.MATE] = st.FIRST_ROW + tasks.mate[o] if tasks.mate[o] >= 0 else -1
        n[row, st.FIXED] = visit.locked is not None
    for o, k in enumerate(tasks.lunch_turns, start=int(n[1, st.SERVICES_END])):
        n[o, st.TURN] = n[1, st.ITEMS_END] + k
        n[n[o, st.TURN], st.LUNCH_TASK] = o
    n[st.FIRST_ROW : n[1, st.TASKS_END], st.IN_LOG] = 0


def write_minutes(*, f: Table, instance: Instance, tasks: Tasks) -> None:
    """Write lengths, windows and prices of each task."""
    for o in range(tasks.real):
        visit, row = instance.visits[tasks.visit[o]], f[st.FIRST_ROW + o]
        length = visit.tasks[tasks.task[o]].minutes
        row[st.LENGTH], row[st.EARLY] = length, visit.windows[0].start
        row[st.LATE] = visit.windows[0].end - (length if instance.at_end else 0.0)
        row[st.LATE_PRICE] = _priced(instance, "total_tardiness")
        _pin(instance, visit, tasks.task[o], row)
        row[st.MOST] = FOR_EVER
        if visit.bond is Bond.IN_ORDER and tasks.task[o] == 1:
            row[st.LEAST], row[st.MOST] = visit.gap.start, visit.gap.end
    first = st.FIRST_ROW + tasks.real
    if instance.lunch:
        f[first : first + len(tasks.lunch_turns), st.EARLY] = instance.lunch.start


def _pin(instance: Instance, visit: Visit, task: int, row: Table) -> None:
    if visit.published is not None and task == 0:
        row[st.PUBLISHED] = visit.published.start
        row[st.SHIFT_PRICE] = instance.price("changed_minutes")
    if visit.locked is not None and _pinned(visit, task):
        row[st.EARLY] = row[st.LATE] = visit.locked.start
        row[st.LATE_PRICE] = RULE


def _pinned(visit: Visit, task: int) -> bool:
    """Tell whether a locked visit's start is this task's: not a latter's, it follows by itself."""
    return task == 0 or visit.bond is Bond.SAME_TIME


def _locked_lateness(instance: Instance, visit: Visit, task: int) -> float:
    """Price the lateness that a lock itself asks for."""
    if visit.locked is None or not _pinned(visit, task):
        return 0.0
    late = visit.locked.start - visit.windows[0].end
    return max(0.0, late) * _priced(instance, "total_tardiness")


def write_turns(*, n: Whole, f: Table, instance: Instance) -> None:
    """Write where, when and whose each turn is; the last row is what is not served."""
    names = {name: i for i, name in enumerate(instance.skills)}
    first, out = int(n[1, st.ITEMS_END]), int(n[1, st.UNSERVED])
    n[out, [st.FROM, st.TO]] = 0
    n[first : out + 1, st.COLUMN] = np.arange(len(instance.turns) + 1)
    n[first : out + 1, st.STAMP] = 0
    first_turn: dict[str, int] = {}
    for k, turn in enumerate(instance.turns, start=first):
        n[k, st.FIRST_TURN] = first_turn.setdefault(turn.carer, k)
        n[k, st.FROM], n[k, st.TO] = turn.start_place, turn.end_place
        n[k, st.CARER], n[k, st.DAY] = names[turn.carer], turn.day
        f[k, st.OPENS] = turn.shift.start if turn.shift else 0.0
        f[k, st.CLOSES] = turn.shift.end if turn.shift else FOR_EVER
    n[1, st.RESTING] = len(names) - len(first_turn)


def _carer_price(instance: Instance, visit: Visit, task: int, carer: str) -> float:
    """Price a carer for a task, whatever the day; NEVER: may not do it."""
    if not instance.able(carer=carer, visit=visit, task=task):
        return NEVER
    if visit.locked is not None and visit.locked.carers[task] != carer:
        return NEVER
    price = 0.0
    if visit.preferred is not None and carer not in visit.preferred:
        price += instance.price("caregiver_preferences")
    if visit.tasks[task].service not in instance.skills[carer]:
        price += instance.price("qualification")
    if carer in visit.excluded:
        price += instance.price("incompabilities")
    if visit.published is not None and visit.published.carers[task] != carer:
        price += instance.price("changed_carer")
    return price


def _day_prices(instance: Instance, visit: Visit) -> Table:
    """Price every day for a visit's task, whoever does it."""
    prices = np.zeros(instance.days)
    for day in range(instance.days):
        if (visit.days is not None and day not in visit.days) or (
            visit.locked is not None and visit.locked.day != day
        ):
            prices[day] = NEVER
        elif visit.published is not None and visit.published.day != day:
            prices[day] = instance.price("changed_day") / len(visit.tasks)
    return prices


def _left_out(instance: Instance, visit: Visit) -> float:
    if visit.locked is not None:
        return NEVER
    if visit.optional:
        return _priced(instance, "optional_patients") / len(visit.tasks)
    return LEFT_OUT / len(visit.tasks) if instance.form == "month" else NEVER


def price_table(*, n: Whole, instance: Instance, tasks: Tasks) -> Table:
    """Price every task in every turn; then leaving it out; then its windows."""
    turns, most = len(instance.turns), max((len(v.windows) for v in instance.visits), default=1)
    table = np.full((int(n[1, st.TASKS_END]), turns + 1 + 2 * most), NEVER)
    table[:, turns + 1 :] = np.inf
    names = {name: i for i, name in enumerate(instance.skills)}
    carers = np.array([names[turn.carer] for turn in instance.turns], np.int64)
    days = np.array([turn.day for turn in instance.turns], np.int64)
    for o in range(tasks.real):
        visit, task, row = instance.visits[tasks.visit[o]], tasks.task[o], table[st.FIRST_ROW + o]
        whose = np.array([_carer_price(instance, visit, task, name) for name in names])
        fixed = _locked_lateness(instance, visit, task)
        fixed += visit.tasks[task].minutes * instance.price("working_time")
        row[:turns] = np.minimum(whose[carers] + _day_prices(instance, visit)[days] + fixed, NEVER)
        row[turns] = _left_out(instance, visit)
        length = visit.tasks[task].minutes if instance.at_end else 0.0
        for w, window in enumerate(visit.windows):
            row[turns + 1 + 2 * w], row[turns + 2 + 2 * w] = window.start, window.end - length
    for o, k in enumerate(tasks.lunch_turns, start=int(n[1, st.SERVICES_END])):
        table[o, k] = 0.0
    return table


def lists(
    *, n: Whole, f: Table, instance: Instance, price: Table, members: list[list[int]]
) -> Whole:
    """List each task's near tasks and able turns, and each group's members, as rows."""
    first, last, turns = st.FIRST_ROW, int(n[1, st.SERVICES_END]), int(n[1, st.ITEMS_END])
    near = max(1, min(NEAR, last - first - 1))
    able = price[:last, : len(instance.turns)] < NEVER
    width = max([near + int(able.sum(axis=1).max(initial=0)), *map(len, members)])
    table = np.zeros((int(n[1, st.GROUPS_END]), width), np.int64)
    n[1, st.NEAR] = near
    for o in range(first, last):
        found = np.nonzero(able[o])[0]
        n[o, st.ABLE_COUNT] = len(found)
        table[o, near : near + len(found)] = found + turns
    table[first:last, :near] = _near(n, f, instance, able[first:], near) + first
    for g, found_members in enumerate(members, start=int(n[1, st.TURNS_END])):
        table[g, : len(found_members)] = found_members
    return table


def _near(n: Whole, f: Table, instance: Instance, able: Flags, count: int) -> Whole:
    """Rank by the way, the time between, and whether a carer can do both."""
    rows = slice(st.FIRST_ROW, int(n[1, st.SERVICES_END]))
    places, opens, travel = n[rows, st.PLACE], f[rows, st.EARLY], np.array(instance.travel)
    names = {name: i for i, name in enumerate(instance.skills)}
    can = np.zeros((len(able), len(names)), np.float32)
    for k, turn in enumerate(instance.turns):
        can[:, names[turn.carer]] += able[:, k]
    found = np.zeros((len(able), count), np.int64)
    for o in range(len(able)):
        score = travel[places[o], places] + 0.2 * np.maximum(0, abs(opens - opens[o]) - 60)
        score = score + np.where(can @ can[o] > 0, 0.0, 1e6)
        score[o] = np.inf
        found[o] = np.argsort(score, kind="stable")[:count]
    return found
