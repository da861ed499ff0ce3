"""Everything that can happen to a place. `by` is a token: places do not know persons."""

from bandeng.places.actions.areas import add_area, end_area, rename_area
from bandeng.places.actions.calendar import replace_year, set_day
from bandeng.places.actions.estates import (
    add_alias,
    add_building,
    add_estate,
    change_estate,
    remove_alias,
    set_management,
)
from bandeng.places.actions.homes import add_home, change_home, end_state, set_state
from bandeng.places.actions.roster import (
    discard_abandoned_uploads,
    discard_upload,
    import_roster,
    keep_upload,
)

__all__ = [
    "add_alias",
    "add_area",
    "add_building",
    "add_estate",
    "add_home",
    "change_estate",
    "change_home",
    "discard_abandoned_uploads",
    "discard_upload",
    "end_area",
    "end_state",
    "import_roster",
    "keep_upload",
    "remove_alias",
    "rename_area",
    "replace_year",
    "set_day",
    "set_management",
    "set_state",
]
