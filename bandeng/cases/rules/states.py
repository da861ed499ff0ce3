"""Where a case stands, and where it may go. Pure: no database, no clock.

A state has a type (open or closed), which counting and closing depend on, and a label,
which people read. Its clock says what it does to the limit: run, pause or stop.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of matter a case is."""

    HAZARD = "hazard"
    COMPLAINT = "complaint"
    DISPUTE = "dispute"
    LONG_STUCK = "long_stuck"
    ASSISTANCE = "assistance"


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    DISPUTED = "disputed"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESULT_REPORTED = "result_reported"
    REOPENED = "reopened"
    CLOSED_SOLVED = "closed_solved"
    CLOSED_UNSOLVED = "closed_unsolved"
    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


class Type(StrEnum):
    """Whether somebody still has something to do."""

    OPEN = "open"
    CLOSED = "closed"


class Clock(StrEnum):
    """What a state does to the limit: it runs, rests, or is over."""

    RUN = "run"
    PAUSE = "pause"
    STOP = "stop"


@dataclass(frozen=True)
class Meaning:
    """A state's type, its clock, and where a case may go from it."""

    type: Type
    clock: Clock
    to: frozenset[State]


def _open(clock: Clock, *to: State) -> Meaning:
    return Meaning(Type.OPEN, clock, frozenset(to) | ASIDE)


def _closed(*to: State) -> Meaning:
    return Meaning(Type.CLOSED, Clock.STOP, frozenset(to))


S = State
ASIDE = frozenset({S.OUT_OF_SCOPE, S.DUPLICATE, S.WITHDRAWN})
AT_WORK = (S.ACCEPTED, S.IN_PROGRESS, S.WAITING)

STATES: dict[State, Meaning] = {
    S.RECEIVED: _open(Clock.RUN, S.ASSIGNED),
    S.ASSIGNED: _open(Clock.RUN, S.ASSIGNED, S.ACCEPTED, S.DISPUTED),
    S.DISPUTED: _open(Clock.RUN, S.ASSIGNED),
    S.ACCEPTED: _open(Clock.RUN, S.ASSIGNED, S.IN_PROGRESS, S.WAITING, S.RESULT_REPORTED),
    S.IN_PROGRESS: _open(Clock.RUN, S.ASSIGNED, S.WAITING, S.RESULT_REPORTED),
    S.WAITING: _open(Clock.PAUSE, S.IN_PROGRESS),
    S.RESULT_REPORTED: _open(Clock.STOP, S.CLOSED_SOLVED, S.CLOSED_UNSOLVED, S.REOPENED),
    S.REOPENED: _open(Clock.RUN, S.ASSIGNED, S.ACCEPTED, S.DISPUTED),
    S.CLOSED_SOLVED: _closed(S.REOPENED),
    S.CLOSED_UNSOLVED: _closed(S.REOPENED),
    S.OUT_OF_SCOPE: _closed(S.REOPENED),
    S.DUPLICATE: _closed(),
    S.WITHDRAWN: _closed(),
}
OPEN = frozenset(state for state, meaning in STATES.items() if meaning.type is Type.OPEN)
CLOSED = frozenset(STATES) - OPEN
RUNNING = frozenset(state for state, meaning in STATES.items() if meaning.clock is Clock.RUN)


def can_move(*, old: State, new: State) -> bool:
    """Tell whether a case may go from `old` to `new`."""
    return new in STATES[old].to


def is_open(*, state: State) -> bool:
    """Tell whether somebody still has something to do."""
    return state in OPEN
