"""The cases' rights: nothing is deleted, an answer is never changed."""

from bandeng.kit.grants import ADD, CHANGE, Rights

TABLES: Rights = {
    "cases_category": {"app": CHANGE},
    "cases_routingrule": {"app": CHANGE},
    "cases_counter": {"app": CHANGE},
    "cases_case": {"app": CHANGE},
    "cases_casebuilding": {"app": ADD},
    "cases_handover": {"app": CHANGE},
    "cases_report": {"app": CHANGE},
    "cases_answer": {"app": CHANGE},
}
FUNCTIONS: dict[str, set[str]] = {
    "cases_area_is_the_estates()": set(),
    "cases_pieces(text)": {"app"},
}
