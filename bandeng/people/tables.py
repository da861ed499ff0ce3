"""Columns of the lists of people and bodies; names and numbers are masked."""

from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, Table

from bandeng.people.models import Organisation, Person


class People(Table):
    """The list of persons."""

    masked_name = Column(verbose_name=_("Name"), linkify=True, order_by=("name",))
    masked_phone = Column(verbose_name=_("Phone number"), orderable=False)
    homes = Column(verbose_name=_("Homes"), orderable=False, empty_values=())
    roles = Column(verbose_name=_("Roles"), orderable=False, empty_values=())

    class Meta:
        model = Person
        fields = ()
        sequence = ("masked_name", "masked_phone", "homes", "roles")

    def render_homes(self, record):
        """Name the homes of today."""
        return _("; ").join(
            f"{relation.home.building.estate} {relation.home}" for relation in record.homes_now
        )

    def render_roles(self, record):
        """Name the roles of today."""
        return _("; ").join(str(held.get_role_display()) for held in record.roles_now)


class Organisations(Table):
    """The list of bodies."""

    name = Column(verbose_name=_("Organisation"), linkify=True)
    kind = Column(verbose_name=_("Kind"))
    telephone = Column(verbose_name=_("telephone"))
    area_code = Column(verbose_name=_("Area code"))

    class Meta:
        model = Organisation
        fields = ("name", "kind", "telephone", "area_code")
