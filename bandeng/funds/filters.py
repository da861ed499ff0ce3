"""How the lists can be narrowed."""

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from bandeng.funds.models import ORDER_STATES, Order, SupervisedAccount
from bandeng.funds.permissions import visible_accounts


def accounts(request):
    """Give the accounts that a filter offers: those that the person may see."""
    if request is None:
        return SupervisedAccount.objects.none()
    return visible_accounts(person=request.user).order_by("name")


class Orders(FilterSet):
    """Narrow the orders."""

    state = ChoiceFilter(label=_("State"), choices=list(ORDER_STATES.items()))
    account = ModelChoiceFilter(label=_("Account"), queryset=accounts)

    class Meta:
        model = Order
        fields = ("state", "account")
