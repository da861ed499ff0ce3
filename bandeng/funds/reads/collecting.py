"""Lists for whoever collects: homes with what they owe, what waits for an answer."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from bandeng.funds.models import Dispute, PaidClaim, SupervisedAccount

OPEN_DISPUTE = Exists(Dispute.objects.filter(due__receivable=OuterRef("pk"), decided_at=None))
OPEN_CLAIM = Exists(PaidClaim.objects.filter(receivable=OuterRef("pk"), answered_at=None))
STANDS = {
    "owes": Q(owed__gt=0),
    "part": Q(owed__gt=0, paid__gt=0),
    "clear": Q(owed__lte=0),
    "disputed": Q(OPEN_DISPUTE),
    "claims": Q(OPEN_CLAIM),
}


def open_disputes(*, account: SupervisedAccount) -> QuerySet[Dispute]:
    """Give the objections that nobody has decided, the oldest first."""
    found = Dispute.objects.filter(due__receivable__account=account, decided_at=None)
    return found.select_related(
        "due__receivable__home__building", "due__receivable__account"
    ).order_by("at")


def open_claims(*, account: SupervisedAccount) -> QuerySet[PaidClaim]:
    """Give what homes say they have paid and nobody has answered, the oldest first."""
    found = PaidClaim.objects.filter(receivable__account=account, answered_at=None)
    return found.select_related("receivable__home__building", "receivable__account").order_by("at")
