"""The places' rights: only an alias, an upload and a day of the calendar can go."""

from bandeng.kit.grants import ADD, ALL, CHANGE, Rights

TABLES: Rights = {
    "places_area": {"app": CHANGE},
    "places_estate": {"app": CHANGE},
    "places_building": {"app": CHANGE},
    "places_buildingalias": {"app": ALL},
    "places_management": {"app": CHANGE},
    "places_home": {"app": CHANGE},
    "places_homestate": {"app": CHANGE},
    "places_rosterupload": {"app": ALL},
    "places_rosterimport": {"app": ADD},
    "places_calendaryear": {"app": CHANGE},
    "places_calendarday": {"app": ALL},
}
FUNCTIONS: dict[str, set[str]] = {}
