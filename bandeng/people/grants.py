"""The people's rights: nobody is deleted, a consent's text never changes."""

from bandeng.kit.grants import ADD, CHANGE, Rights

TABLES: Rights = {
    "people_person": {"app": CHANGE},
    "people_organisation": {"app": CHANGE},
    "people_assignment": {"app": CHANGE},
    "people_homerelation": {"app": CHANGE},
    "people_consenttext": {"app": ADD},
    "people_consent": {"app": CHANGE},
    "people_attempt": {"app": {"SELECT", "INSERT", "DELETE"}},
}
FUNCTIONS: dict[str, set[str]] = {}
