"""Who sees an account's money, who works with it, who supervises it.

Supervisors are named by the rules of approval themselves; the office of the place, auditors
and owners of its homes see the account; collectors and the holder's people work with it.
"""

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from bandeng.funds.models import (
    Advance,
    Order,
    Policy,
    Printing,
    Receivable,
    SupervisedAccount,
    Supervision,
)
from bandeng.people.models import HomeRelation, OrganisationKind, Person, RelationKind, Role
from bandeng.people.permissions import (
    OFFICE,
    covers,
    is_auditor,
    is_staff,
    organisations_of,
    roles,
    scope_q,
)

WORKING = (OrganisationKind.COLLECTOR, OrganisationKind.OTHER)


def visible_accounts(*, person: Person) -> QuerySet[SupervisedAccount]:
    """Give the accounts that `person` may open: of their place, their work, their home."""
    if is_auditor(person=person):
        return SupervisedAccount.objects.all()
    within = scope_q(person=person, roles=OFFICE, field="estate__area__code", estate="estate")
    working = Q(holder__in=organisations_of(person=person))
    homes = HomeRelation.objects.filter(person=person, period__contains=localdate())
    owning = Q(estate__in=homes.values("home__building__estate"))
    supervising = Q(pk__in=supervised(person=person))
    return SupervisedAccount.objects.filter(within | working | owning | supervising)


def sees_money(*, person: Person) -> bool:
    """Tell whether `person` may open any account, or begin one."""
    return can_prepare_account(person=person) or visible_accounts(person=person).exists()


def supervised(*, person: Person) -> list[int]:
    """Give the accounts whose present rules name `person`."""
    latest = Policy.objects.order_by("account", "-version").distinct("account")
    token = str(person.token)
    return [
        policy.account_id
        for policy in latest
        if any(token in tokens for tokens in policy.rules["supervisors"].values())
    ]


def supervises(*, person: Person, account: SupervisedAccount) -> list[Supervision]:
    """Give in which roles `person` supervises an account now."""
    policy = account.policies.order_by("-version").first()
    return policy.roles_of(person) if policy else []


def works_with(*, person: Person, account: SupervisedAccount) -> bool:
    """Tell whether `person` keeps the account's papers: whoever works for its holder."""
    return any(body.pk == account.holder_id for body in organisations_of(person=person))


def can_prepare_account(*, person: Person) -> bool:
    """Tell whether `person` may begin a supervised account: the subdistrict's officers."""
    return bool(roles(person=person, roles={Role.OFFICER, Role.DIRECTOR}))


def can_name_witnesses(*, person: Person) -> bool:
    """Tell whether `person` may register witnesses of the log: the subdistrict's officers."""
    return can_prepare_account(person=person)


def can_keep_account(*, person: Person, account: SupervisedAccount) -> bool:
    """Tell whether `person` may enter papers, purposes and freezes."""
    officers = {Role.OFFICER, Role.DIRECTOR}
    return works_with(person=person, account=account) or covers(
        person=person, estate=account.estate, roles=officers
    )


def can_see_books(*, person: Person, account: SupervisedAccount) -> bool:
    """Tell whether `person` may read single payments: who works, supervises or audits."""
    return (
        is_auditor(person=person)
        or can_keep_account(person=person, account=account)
        or bool(supervises(person=person, account=account))
    )


def can_collect(*, person: Person, account: SupervisedAccount) -> bool:
    """Tell whether `person` may take statements in and match payments; never the subdistrict."""
    return works_with(person=person, account=account)


def can_make_order(*, person: Person, account: SupervisedAccount) -> bool:
    """Tell whether `person` may ask for money: who works for the holder, or supervises."""
    return works_with(person=person, account=account) or bool(
        supervises(person=person, account=account)
    )


def can_approve(*, person: Person, order: Order) -> bool:
    """Tell whether `person` may approve an order: a supervisor who did not make it."""
    return order.maker_id != person.pk and bool(order.policy.roles_of(person))


def can_carry_out(*, person: Person, order: Order) -> bool:
    """Tell whether `person` may have an approved order carried out: who may make one."""
    return can_make_order(person=person, account=order.account)


def can_stop_order(*, person: Person, order: Order) -> bool:
    """Tell whether `person` may stop an order: its maker or any supervisor."""
    return order.maker_id == person.pk or bool(order.policy.roles_of(person))


def my_receivables(*, person: Person) -> QuerySet[Receivable]:
    """Give the homes' places in the books of which `person` is owner or payer today."""
    homes = HomeRelation.objects.filter(
        person=person,
        kind__in=[RelationKind.OWNER, RelationKind.PAYER],
        period__contains=localdate(),
    )
    return Receivable.objects.filter(home__in=homes.values("home"))


def has_homes(*, person: Person) -> bool:
    """Tell whether a supervised account has a home of `person` in its books."""
    return my_receivables(person=person).exists()


def can_acknowledge(*, person: Person, receivable: Receivable) -> bool:
    """Tell whether `person` may say for a home what it owes: its owner, not whoever pays for it."""
    return HomeRelation.objects.filter(
        person=person, kind=RelationKind.OWNER, home=receivable.home, period__contains=localdate()
    ).exists()


def can_take_cash(*, person: Person, account: SupervisedAccount) -> bool:
    """Tell whether `person` may take cash: whoever collects, where the agreement allows it."""
    return bool(account.cash_clause) and can_collect(person=person, account=account)


def visible_printings(*, person: Person) -> QuerySet[Printing]:
    """Give the printings of the accounts for which `person` collects: they name homes."""
    accounts = [
        account.pk
        for account in visible_accounts(person=person)
        if can_collect(person=person, account=account)
    ]
    return Printing.objects.filter(account__in=accounts)


def visible_advances(*, person: Person) -> QuerySet[Advance]:
    """Give the advances that `person` paid, agreed to, or answers for by the case's place."""
    if is_auditor(person=person):
        return Advance.objects.all()
    near = scope_q(person=person, roles=OFFICE, field="case__area_code", estate="case__estate")
    return Advance.objects.filter(near | Q(payer=person) | Q(leader=person))


def can_advance(*, person: Person) -> bool:
    """Tell whether `person` may enter what they paid: whoever works for the office."""
    return is_staff(person=person)


def can_repay(*, person: Person, advance: Advance) -> bool:
    """Tell whether `person` may say that an advance is repaid: the leader, or an officer."""
    officers = {Role.OFFICER, Role.DIRECTOR}
    case = advance.case
    return advance.leader_id == person.pk or covers(
        person=person, area_code=case.area_code, estate=case.estate, roles=officers
    )


def can_order_repayment(*, person: Person, advance: Advance) -> bool:
    """Tell whether `person` may ask an account of the estate to repay an advance."""
    accounts = SupervisedAccount.objects.filter(
        estate=advance.case.estate_id, opened_at__isnull=False
    )
    return any(can_make_order(person=person, account=account) for account in accounts)
