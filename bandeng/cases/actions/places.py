"""Where a case lies: in an estate, or at a place elsewhere in a community."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bandeng.cases.actions._notices import _moved_here, _tell_office
from bandeng.cases.actions._steps import By, WrongState, _locked, _set, _tell
from bandeng.cases.models import Case
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.places.models import Area, Building, Estate


class NothingSaid(Refused):
    """A report does not say what or where."""


@dataclass(frozen=True)
class Spot:
    """What a place is called in a summary, and the case's fields that say it."""

    called: str
    fields: Mapping[str, Any]


@action
def place_case(
    *,
    case: Case,
    estate: Estate | None = None,
    building: Building | None = None,
    area: Area | None = None,
    place: str = "",
    by: By,
    at: datetime,
) -> Case:
    """Correct where a case lies: who answers for that place then sees it, and hears of it.

    Raises:
        NothingSaid: neither an estate, nor a community and a place in it.
        WrongState: buildings of its present estate are named.
    """
    case, spot = _locked(case), _spot(estate, building, area, place)
    if case.estate != estate and case.affected.exists():
        raise WrongState(_("Buildings of the present estate are named: it cannot lie elsewhere."))
    former, where = case.area_code, case.where
    _set(case, **spot.fields)
    public = {"area": case.area_code, "area_before": former}
    _tell(case, "case.placed", by, at, public=public, private={"note": where})
    if case.area_code != former:
        _tell_office(case, _moved_here, by, at)
    return case


def _spot(estate: Estate | None, building: Building | None, area: Area | None, place: str) -> Spot:
    if estate:
        fields = {"area_code": estate.area.code, "estate": estate, "building": building}
        return Spot(f"{estate.name}{building or ''}", fields | {"place": ""})
    if area is None or not place.strip():
        raise NothingSaid(_("Please say where it is."))
    fields = {"area_code": area.code, "estate": None, "building": None}
    return Spot(area.name, fields | {"place": place.strip()})
