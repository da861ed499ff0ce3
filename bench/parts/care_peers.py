"""What the care planner is measured against: OR-Tools' routing, a greedy month, a bound."""

from collections.abc import Callable

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.model import Bond, Instance, Plan
from bandeng.care.planner.timetable import Call, timetable

SCALE, HORIZON = 1_000, 4_000  # thousandths of a minute; minutes
STRATEGY = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
GUIDED = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH


class Routing:
    """A classic day as OR-Tools' routing model: pairs are constraints on the time dimension."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.calls: list[tuple[int, int]] = [
            (v, t) for v, visit in enumerate(instance.visits) for t in range(len(visit.tasks))
        ]
        self.index = pywrapcp.RoutingIndexManager(len(self.calls) + 1, len(instance.turns), 0)
        self.model = pywrapcp.RoutingModel(self.index)
        self._ways()
        self._carers_and_pairs()

    def _ways(self) -> None:
        places = [self.instance.turns[0].start_place]
        places += [self.instance.visits[v].place for v, _t in self.calls]
        lengths = [0.0, *(self.instance.visits[v].tasks[t].minutes for v, t in self.calls)]
        node: Callable[[int], int] = self.index.IndexToNode
        ways = [[round(SCALE * self.instance.travel[a][b]) for b in places] for a in places]
        whole = [round(SCALE * length) for length in lengths]

        def way(a: int, b: int) -> int:
            return ways[node(a)][node(b)]

        def time(a: int, b: int) -> int:
            return ways[node(a)][node(b)] + whole[node(a)]

        self.model.SetArcCostEvaluatorOfAllVehicles(self.model.RegisterTransitCallback(way))
        late = SCALE * HORIZON
        self.model.AddDimension(self.model.RegisterTransitCallback(time), late, late, False, "time")
        self.time = self.model.GetDimensionOrDie("time")

    def _carers_and_pairs(self) -> None:
        turns = self.instance.turns
        for row, (v, t) in enumerate(self.calls, start=1):
            visit, node = self.instance.visits[v], self.index.NodeToIndex(row)
            able = [
                k
                for k, turn in enumerate(turns)
                if self.instance.able(carer=turn.carer, visit=visit, task=t)
            ]
            self.model.VehicleVar(node).SetValues([-1, *able])
            self.time.CumulVar(node).SetMin(round(SCALE * visit.windows[0].start))
            self.time.SetCumulVarSoftUpperBound(node, round(SCALE * visit.windows[0].end), 1)
            if t == 1:
                self._pair(visit.bond, visit.gap.start, visit.gap.end, row)

    def _pair(self, bond: Bond, least: float, most: float, row: int) -> None:
        solver = self.model.solver()
        a, b = self.index.NodeToIndex(row - 1), self.index.NodeToIndex(row)
        first, second = self.time.CumulVar(a), self.time.CumulVar(b)
        solver.Add(self.model.VehicleVar(a) != self.model.VehicleVar(b))
        if bond is Bond.SAME_TIME:
            solver.Add(first == second)
        else:
            solver.Add(second >= first + round(SCALE * least))
            solver.Add(second <= first + round(SCALE * most))

    def solve(self, *, seconds: float) -> Plan | None:
        """Search for so long. Returns: None where no plan was found."""
        how = pywrapcp.DefaultRoutingSearchParameters()
        how.first_solution_strategy = STRATEGY
        how.local_search_metaheuristic = GUIDED
        how.time_limit.FromMilliseconds(round(seconds * 1000))
        found = self.model.SolveWithParameters(how)
        if found is None:
            return None
        routes: list[list[Call]] = []
        for k in range(len(self.instance.turns)):
            node, route = self.model.Start(k), []
            while not self.model.IsEnd(node := found.Value(self.model.NextVar(node))):
                route.append(self.calls[self.index.IndexToNode(node) - 1])
            routes.append(list(route))
        return timetable(instance=self.instance, routes=routes)


def routing_cost(*, instance: Instance, seconds: float) -> float | None:
    """Give what OR-Tools' routing reaches in so many seconds; None: nothing."""
    plan = Routing(instance).solve(seconds=seconds)
    if plan is None:
        return None
    found = evaluate(instance=instance, plan=plan)
    return None if found.violations else found.cost


def greedy_month(*, instance: Instance) -> float:
    """Give the cost of planning client by client, as one does by hand.

    Each client keeps the able carer who has least to do so far; days are evenly spread; each day
    is worked off in the order of the windows.
    """
    from bandeng.care.planner.engine.building import build_search, plan_of
    from bandeng.care.planner.engine.starting import first_plan
    from bandeng.care.planner.engine.track import restore, snapshot
    from bandeng.care.planner.month_start import spread_days
    from bandeng.care.planner.planning import rows_of

    placed = spread_days(instance=instance, carer_of=_least_busy(instance))
    search = build_search(instance=instance)
    first_plan(search=search, given=rows_of(instance=instance, placed=placed))
    restore(search=search, best=snapshot(search=search))
    return evaluate(instance=instance, plan=plan_of(search=search)).cost


def _least_busy(instance: Instance) -> dict[tuple[int, int], str]:
    from bandeng.care.planner.month_start import list_needs

    busy = dict.fromkeys(instance.skills, 0.0)
    chosen: dict[tuple[int, int], str] = {}
    for need in list_needs(instance=instance):
        first = need.visits[0]
        taken = chosen.get((first, 1 - need.task))
        able = [
            carer
            for carer in busy
            if carer != taken
            and instance.able(carer=carer, visit=instance.visits[first], task=need.task)
        ]
        if not able:  # left to whoever is there first
            continue
        carer = min(able, key=lambda name: busy[name])
        busy[carer] += need.minutes
        chosen |= {(visit, need.task): carer for visit in need.visits}
    return chosen


def least_travel(*, instance: Instance) -> float:
    """Give a lower bound of a month's cost: every service is reached from the nearest place."""
    price = instance.price("travel_time")
    total = 0.0
    for visit in instance.visits:
        ways = [
            row[visit.place] for place, row in enumerate(instance.travel) if place != visit.place
        ]
        total += min(ways) * len(visit.tasks)
    return total * price
