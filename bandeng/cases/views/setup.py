"""What can be reported and whom it goes to: looked at by staff, changed by officers."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bandeng.cases import actions, permissions, tables
from bandeng.cases.forms import setup as forms
from bandeng.cases.models import Category, RoutingRule
from bandeng.cases.reads import places, setup
from bandeng.cases.views.parts import Listing, Told
from bandeng.people.views import SignedIn


class SetupList(Listing):
    """A list that officers keep."""

    request: SignedIn
    template_name = "cases/setup_list.html"
    add = ""
    add_label: str | Promise = ""

    def get(self, request, *args, **kwargs):
        """Show it to those who may change it."""
        if not permissions.can_set_up(person=request.user):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Add the way to a new one."""
        new = {"add_url": reverse(self.add), "add_label": self.add_label}
        return super().get_context_data(**new | kwargs)


class Categories(SetupList):
    """What can be reported."""

    title = _("Categories and time limits")
    table_class, model, filterset_fields = tables.Categories, Category, ()
    add, add_label = "cases:add_category", _("New category")

    def get_queryset(self):
        """Give all, the valid ones and those that ended."""
        return Category.objects.order_by("order", "pk")


class Rules(SetupList):
    """Whom cases go to."""

    title = _("Routing rules")
    intro = _(
        "Of the rules that fit a case, one that names the category comes first, then one that "
        "names the estate, then the longer area code. Each case keeps which rule was followed."
    )
    table_class, model, filterset_fields = tables.Rules, RoutingRule, ()
    add, add_label = "cases:add_rule", _("New rule")

    def get_queryset(self):
        """Give all, the valid ones and those that ended."""
        return setup.rules()


class SetupVerb(Told):
    """An officer's change."""

    def allowed(self):
        """Ask the room's permissions."""
        return permissions.can_set_up(person=self.request.user)

    def common(self):
        """Give who acts, and when."""
        return {"by": self.request.user, "at": timezone.now()}


class AddCategory(SetupVerb):
    """Let something be reported."""

    form_class, back = forms.AddCategory, "cases:categories"
    title, button, done = _("New category"), _("Save"), _("The category is added.")

    def act(self, data):
        """Add it."""
        return actions.add_category(**self.common(), **data)


class EndCategory(SetupVerb):
    """Let a category end."""

    form_class, back = forms.End, "cases:categories"
    title, button, done = _("End this category"), _("End it"), _("The category ends.")

    def act(self, data):
        """End it."""
        category = get_object_or_404(Category, token=self.kwargs["token"])
        return actions.end_category(category=category, **self.common(), **data)


class AddRule(SetupVerb):
    """Say whom cases go to."""

    form_class, back = forms.AddRule, "cases:rules"
    title, button, done = _("New rule"), _("Save"), _("The rule is added.")

    def get_form_kwargs(self):
        """Offer today's categories and all estates."""
        offered = {
            "categories": places.categories(at=timezone.now()),
            "estates": places.estates(person=self.request.user),
        }
        return super().get_form_kwargs() | offered

    def act(self, data):
        """Add it."""
        return actions.add_rule(**self.common(), **data)


class EndRule(SetupVerb):
    """Let a rule end."""

    form_class, back = forms.End, "cases:rules"
    title, button, done = _("End this rule"), _("End it"), _("The rule ends.")

    def act(self, data):
        """End it."""
        rule = get_object_or_404(RoutingRule, token=self.kwargs["token"])
        return actions.end_rule(rule=rule, **self.common(), **data)
