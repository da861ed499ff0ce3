"""What the care planner is measured against: OR-Tools' routing, a greedy month, a bound."""

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from bandeng.care.planner.engine.building import build_search, plan_of
from bandeng.care.planner.engine.starting import first_plan
from bandeng.care.planner.engine.track import Clock, restore, snapshot
from bandeng.care.planner.evaluation import evaluate
from bandeng.care.planner.model import Bond, Instance, Plan
from bandeng.care.planner.month_start import list_needs, spread_days
from bandeng.care.planner.planning import rows_of
from bandeng.care.planner.timetable import Call, routes_of, timetable

SCALE, HORIZON = 1_000, 4_000  # thousandths of a minute; minutes
FOR_EVER = 100_000  # seconds: another clock ends the search
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
        ways = [[round(SCALE * self.instance.travel[a][b]) for b in places] for a in places]
        times = [
            [way + round(SCALE * length) for way in row]
            for row, length in zip(ways, lengths, strict=True)
        ]
        self.model.SetArcCostEvaluatorOfAllVehicles(self.model.RegisterTransitMatrix(ways))
        late = SCALE * HORIZON
        self.model.AddDimension(self.model.RegisterTransitMatrix(times), late, late, False, "time")
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

    def solve(self, *, start: Plan, seconds: float, clock: Clock) -> Plan:
        """Search from a plan for so long by a clock: its own first solutions rarely are any."""
        how = pywrapcp.DefaultRoutingSearchParameters()
        how.local_search_metaheuristic = GUIDED
        how.time_limit.FromSeconds(FOR_EVER)
        begun = clock()
        self.model.AddSearchMonitor(
            self.model.solver().CustomLimit(lambda: clock() - begun > seconds)
        )
        self.model.CloseModelWithParameters(how)
        rows: dict[Call, int] = {call: row for row, call in enumerate(self.calls, start=1)}
        routes = [[rows[call] for call in route] for route in routes_of(plan=start)]
        given = self.model.ReadAssignmentFromRoutes(routes, True)
        found = self.model.SolveFromAssignmentWithParameters(given, how) if given else None
        if found is None:
            return start
        return timetable(instance=self.instance, routes=self._routes(found)) or start

    def _routes(self, found: pywrapcp.Assignment) -> list[list[Call]]:
        routes: list[list[Call]] = []
        for k in range(len(self.instance.turns)):
            node, route = self.model.Start(k), []
            while not self.model.IsEnd(node := found.Value(self.model.NextVar(node))):
                route.append(self.calls[self.index.IndexToNode(node) - 1])
            routes.append(list(route))
        return routes


def routing_cost(*, instance: Instance, seconds: float, clock: Clock) -> float:
    """Give what OR-Tools' routing reaches in so many seconds, from the plan that we begin with."""
    start = first_of(instance=instance, given={})
    plan = Routing(instance).solve(start=start, seconds=seconds, clock=clock)
    return evaluate(instance=instance, plan=plan).cost


def first_of(*, instance: Instance, given: dict[int, int]) -> Plan:
    """Give the greedy plan that the search begins with."""
    search = build_search(instance=instance)
    first_plan(search=search, given=given)
    restore(search=search, best=snapshot(search=search))
    return plan_of(search=search)


def greedy_month(*, instance: Instance) -> float:
    """Give the cost of planning client by client, as one does by hand.

    Each client keeps the able carer who has least to do so far; days are evenly spread; each day
    is worked off in the order of the windows.
    """
    placed = spread_days(instance=instance, carer_of=_least_busy(instance))
    plan = first_of(instance=instance, given=rows_of(instance=instance, placed=placed))
    return evaluate(instance=instance, plan=plan).cost


def _least_busy(instance: Instance) -> dict[tuple[int, int], str]:
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
