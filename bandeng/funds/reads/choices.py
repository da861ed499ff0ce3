"""What the forms offer: estates, funds, people who may supervise or agree."""

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from bandeng.cases.models import Case, CaseQuerySet
from bandeng.cases.permissions import visible_cases
from bandeng.funds.models import FUNDS, Chart, LedgerAccount, SupervisedAccount
from bandeng.people.models import Assignment, Person, Role
from bandeng.people.permissions import OFFICE, scope_q, visible_people
from bandeng.places.models import Estate

OFFICERS = {Role.OFFICER, Role.DIRECTOR}


def estates_of(*, person: Person) -> QuerySet[Estate]:
    """Give the estates for which `person` may begin an account."""
    within = scope_q(person=person, roles=OFFICERS, field="area__code", estate="pk")
    return Estate.objects.filter(within).order_by("name")


def known_people(*, person: Person, account: SupervisedAccount) -> QuerySet[Person]:
    """Give who can be named as a supervisor: known to the namer, at work here, or named now."""
    seen = Q(pk__in=visible_people(person=person).values("pk"))
    working = Q(pk__in=Assignment.objects.valid(on=localdate()).values("person"))
    return Person.objects.filter(seen | working | named_now(account=account), is_active=True)


def named_now(*, account: SupervisedAccount) -> Q:
    """Give the condition for "named by the account's present rules"."""
    policy = account.policies.order_by("-version").first()
    named = policy.rules["supervisors"].values() if policy else ()
    return Q(token__in=[token for tokens in named for token in tokens])


def funds_of(*, account: SupervisedAccount) -> QuerySet[LedgerAccount]:
    """Give the funds out of which money can be ordered."""
    return account.ledger_accounts.filter(chart__in=FUNDS).order_by("code")


def purposes_of(*, account: SupervisedAccount) -> QuerySet[LedgerAccount]:
    """Give what money can be set aside for."""
    kept = account.ledger_accounts.filter(chart__in=[Chart.EARMARK, Chart.EMERGENCY])
    return kept.order_by("code")


def leaders_for(*, case: Case, payer: Person) -> QuerySet[Person]:
    """Give who may agree to an advance: whoever works for the office and sees the place."""
    day, code = localdate(), case.area_code
    prefixes = [code[:length] for length in range(1, len(code) + 1)]
    held = Assignment.objects.valid(on=day).filter(role__in=OFFICE)
    near = held.filter(Q(area_code__in=prefixes, estate=None) | Q(estate=case.estate))
    found = Person.objects.filter(is_active=True, assignments__in=near).exclude(pk=payer.pk)
    return found.distinct().order_by("name")


def open_cases(*, person: Person) -> CaseQuerySet:
    """Give the cases for which `person` may have paid something, those that hurry first."""
    return visible_cases(person=person).select_related("estate__area").in_queue()
