"""The two tracks of a round, in one process or in two; who waits for them can stop them."""

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from bandeng.care.planner.engine.building import Search
from bandeng.care.planner.engine.track import Best, Budget, cool, restore
from bandeng.care.planner.rounds import Round, heats

EVERY = 2.0  # seconds between two reports of progress


@dataclass(slots=True)
class Control:
    """What the tracks share with who waits for them: stop, and the best cost so far."""

    stopped: Any
    costs: Any

    def report(self, track: int) -> Callable[[float], bool]:
        """Give what a track calls after every slice."""

        def heard(cost: float) -> bool:
            self.costs[track] = cost
            return not self.stopped.value

        return heard


def context() -> Any:
    """Give the way of starting processes: forked ones have the compiled code already."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


@contextmanager
def stopping() -> Iterator[Control]:
    """While it is open, SIGINT and SIGTERM stop the search, not the program; the second one does."""
    control = Control(context().Value("b", 0, lock=False), context().Array("d", 2, lock=False))
    before: dict[signal.Signals, Any] = {}

    def stop(_number: int, _frame: object) -> None:
        if control.stopped.value:
            raise KeyboardInterrupt
        control.stopped.value = 1

    if threading.current_thread() is threading.main_thread():  # else whoever asked stops it
        before = {name: signal.signal(name, stop) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield control
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _track(
    search: Search, best: Best, one: Round, number: int, seed: tuple[int, int], budget: Budget,
    control: Control,
) -> Best:  # fmt: skip
    restore(search=search, best=best)
    hot, cold = heats(search=search, one=one, track=number)
    return cool(
        search=search,
        seed=seed[0] * 1_000 + seed[1] * 10 + number,
        hot=hot,
        cold=cold,
        budget=budget,
        report=control.report(number),
    )


def in_turn(
    search: Search, best: Best, one: Round, seed: tuple[int, int], budget: Budget,
    control: Control, told: Callable[[], None],
) -> list[Best]:  # fmt: skip
    found = []
    control.costs[:] = [best.cost, best.cost]
    for number in range(2):
        found.append(_track(search, best, one, number, seed, budget, control))
        told()
    return found


def together(
    search: Search, best: Best, one: Round, seed: tuple[int, int], budget: Budget,
    control: Control, told: Callable[[], None],
) -> list[Best]:  # fmt: skip
    control.costs[:] = [best.cost, best.cost]
    ways, started = [], []
    for number in range(2):
        here, there = context().Pipe(duplex=False)
        child = context().Process(
            target=_child, args=(there, search, best, one, number, seed, budget, control)
        )
        child.start()
        there.close()
        ways.append(here)
        started.append(child)
    found = [_hear(way, told) for way in ways]
    for child in started:
        child.join()
    return [one for one in found if one is not None]


def _hear(way: Connection, told: Callable[[], None]) -> Best | None:
    """Wait for a track; one that died is not missed, the other and the best so far remain."""
    while not way.poll(EVERY):
        told()
    try:
        heard: Best = way.recv()
    except EOFError:
        return None
    return heard


def _child(way: Connection, *words: Any) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # the parent asks the tracks to stop
    way.send(_track(*words))
    way.close()
