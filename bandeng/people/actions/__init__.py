"""Everything that can happen to a person's or an organisation's record."""

from bandeng.people.actions.organisations import add_organisation, assign_role, end_role
from bandeng.people.actions.persons import enrol_person, relate_home

__all__ = ["add_organisation", "assign_role", "end_role", "enrol_person", "relate_home"]
