"""What everyone may read, because somebody signed for it."""

from django.db.models import QuerySet

from bandeng.cases.models import Case


def cases() -> QuerySet[Case]:
    """Give the published cases, the latest first."""
    found = Case.objects.filter(published_at__isnull=False)
    return found.select_related("category", "organisation", "estate").order_by("-published_at")
