"""The routing rules, as they are listed."""

from django.db.models import QuerySet

from bandeng.cases.models import RoutingRule


def rules() -> QuerySet[RoutingRule]:
    """Give all rules with what they name, by place and category."""
    found = RoutingRule.objects.select_related("category", "estate", "organisation")
    return found.order_by("area_code", "estate", "category", "pk")
