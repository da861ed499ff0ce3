"""Everything that can happen to a place. `by` is a token: places do not know persons."""

from bandeng.places.actions.calendar import replace_year, set_day
from bandeng.places.actions.places import add_area, add_building, add_estate, add_home

__all__ = [
    "add_area",
    "add_building",
    "add_estate",
    "add_home",
    "replace_year",
    "set_day",
]
