"""Invented months: clients of a town, their packages of care, and the carers' rosters."""

import math
import random
from typing import Any

SERVICES = {"care": 45, "rehabilitation": 60, "medical": 30, "grooming": 40, "cleaning": 60}
PACKAGES = (  # services, visits a month, days between two visits; how common
    (("rehabilitation",), 3, (7, 12), 5),
    (("care",), 3, (7, 12), 4),
    (("grooming",), 2, (10, 17), 3),
    (("medical",), 2, (10, 17), 2),
    (("care", "rehabilitation"), 2, (10, 17), 2),
    (("care", "medical"), 3, (7, 12), 1),
    (("cleaning", "grooming"), 2, (10, 17), 1),
)
DAYS, WEEKDAYS, PER_CARER = 28, 5, 75
SIDE, SPEED, PARKING = 7.0, 14.0, 3.0  # km, km/h, minutes
WINDOWS = ((480, 660), (540, 690), (780, 930), (840, 990), (480, 990))
PRICES = {
    "travel_time": 1, "total_tardiness": 4, "total_waiting_time": 0.1, "total_extra_time": 3,
    "caregiver_preferences": 15, "optional_patients": 500, "missed_lunch_break": 40,
    "continuity": 25, "spacing": 20, "drift": 0.2,
}  # fmt: skip

Point = tuple[float, float]


def generate_month(*, visits: int, seed: int) -> dict[str, Any]:
    """Invent a month of about so many visits; the same seed gives the same month.

    Returns: the instance in the month's own JSON format.
    """
    draw = random.Random(seed)  # noqa: S311 - not a secret
    carers = _carers(draw, max(6, round(visits / PER_CARER)))
    clients: list[dict[str, Any]] = []
    calls: list[dict[str, Any]] = []
    series: list[dict[str, Any]] = []
    while len(calls) < visits:
        _add_client(draw, visits - len(calls), clients, series, calls, carers)
    homes = [(draw.uniform(0, SIDE), draw.uniform(0, SIDE)) for _client in clients]
    return {
        "format": "bandeng-month-1",
        "days": DAYS,
        "services": [{"id": name, "default_duration": n} for name, n in SERVICES.items()],
        "terminal_points": [{"id": "station", "distance_matrix_index": 0}],
        "caregivers": carers,
        "clients": clients,
        "series": series,
        "visits": calls,
        "lunch_breaks": {"start": 690, "end": 810, "min_duration": 40},
        "cost_components": PRICES,
        "drift_tolerance": 45,
        "distances": _table([(SIDE / 2, SIDE / 2), *homes]),
    }


def _carers(draw: random.Random, count: int) -> list[dict[str, Any]]:
    names, found = list(SERVICES), []
    for number in range(count):
        main = names[number % len(names)]
        skills = {main, *draw.sample(names, 2)}
        opens = draw.choice((450, 480, 480, 510))
        off = draw.sample(range(WEEKDAYS), draw.choice((0, 0, 0, 1)))
        days = [d for d in range(DAYS) if d % 7 < WEEKDAYS and d % 7 not in off]
        found.append(
            {
                "id": f"carer-{number + 1}",
                "abilities": sorted(skills),
                "departing_point": "station",
                "working_shift": {"start": opens, "end": opens + 540},
                "lunch_break": True,
                "days": days,
            }
        )
    return found


def _add_client(
    draw: random.Random,
    room: int,
    clients: list[dict[str, Any]],
    series: list[dict[str, Any]],
    calls: list[dict[str, Any]],
    carers: list[dict[str, Any]],
) -> None:
    services, times, gap, _weight = draw.choices(PACKAGES, [p[3] for p in PACKAGES])[0]
    number = len(clients) + 1
    name = f"client-{number}"
    client: dict[str, Any] = {"id": name, "distance_matrix_index": number}
    if draw.random() < 0.1:
        client["incompatible_caregivers"] = [draw.choice(_spare(carers, services))]
    clients.append(client)
    series.append({"id": f"series-{number}", "client": name, "gap": list(gap)})
    window = draw.choice(WINDOWS)
    if draw.random() < 0.15:  # a fixed hour: insulin, a wound, a meal
        hour = draw.randrange(window[0], window[1] - 30, 15)
        window = (hour, hour + 30)
    bond = draw.choice(("simultaneous", "sequential"))
    calls += [
        _call(f"visit-{number}-{time + 1}", name, number, services, window, bond)
        for time in range(min(times, room))
    ]


def _spare(carers: list[dict[str, Any]], services: tuple[str, ...]) -> list[str]:
    """Name carers whose exclusion leaves every service to at least three others."""
    return [
        one["id"]
        for one in carers
        if all(
            sum(service in other["abilities"] for other in carers if other is not one) >= 2
            for service in services
        )
    ] or [carers[0]["id"]]


def _call(
    name: str,
    client: str,
    number: int,
    services: tuple[str, ...],
    window: tuple[int, int],
    bond: str,
) -> dict[str, Any]:
    call: dict[str, Any] = {
        "id": name,
        "client": client,
        "series": f"series-{number}",
        "required_services": [{"service": service} for service in services],
        "time_windows": [{"start": window[0], "end": window[1]}],
    }
    if len(services) == 2:
        call["synchronization"] = {"type": bond}
        if bond == "sequential":
            call["synchronization"]["distance"] = {"min": 15, "max": 60}
    return call


def _table(points: list[Point]) -> list[list[int]]:
    """Give minutes by electric bicycle: the way along a grid of streets, and parking."""
    return [
        [
            0 if a is b else math.ceil((abs(a[0] - b[0]) + abs(a[1] - b[1])) / SPEED * 60 + PARKING)
            for b in points
        ]
        for a in points
    ]
