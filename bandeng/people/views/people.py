"""Pages by which an office keeps its people."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView

from bandeng.kit.views import ActionPage, FormPage, ListPage
from bandeng.people import actions, filters, permissions, reads, tables
from bandeng.people.forms import people as forms
from bandeng.people.models import Assignment, HomeRelation, Person
from bandeng.people.views.signed_in import SignedIn


def seen(view) -> Person:
    """Find the person of the address among those whom one may see."""
    people = permissions.visible_people(person=view.request.user)
    return get_object_or_404(people, pk=view.kwargs["pk"])


class PersonList(ListPage):
    """Who lives and works in one's scope, masked."""

    request: SignedIn
    title = gettext_lazy("People")
    table_class = tables.People
    filterset_class = filters.People
    template_name = "people/people.html"

    def get_queryset(self):
        """Keep to what the person may see; with today's homes and roles."""
        person = self.request.user
        self.can_enrol = permissions.can_enrol(person=person)
        if not self.can_enrol and not permissions.is_auditor(person=person):
            raise PermissionDenied
        today = timezone.localdate()
        homes = HomeRelation.objects.filter(period__contains=today)
        roles = Assignment.objects.valid(on=today)
        seen = permissions.visible_people(person=person).filter(erased_at=None)
        return seen.order_by("name", "pk").prefetch_related(
            Prefetch("homes", homes.select_related("home__building__estate"), "homes_now"),
            Prefetch("assignments", roles, "roles_now"),
        )

    def get_context_data(self, **kwargs):
        """Say what may be done."""
        return super().get_context_data(can_enrol=self.can_enrol, **kwargs)


class PersonDetail(DetailView):
    """What is known of one person, masked."""

    request: SignedIn
    template_name = "people/person.html"

    def get_object(self, queryset=None):
        """Find the person."""
        return seen(self)

    def get_context_data(self, **kwargs):
        """Add homes, roles, the story, and what one may do."""
        user, subject = self.request.user, self.object
        return super().get_context_data(
            homes=reads.homes_of(person=subject),
            roles=permissions.roles(person=subject) if subject.is_active else [],
            story=reads.story(person=subject),
            can_change=permissions.can_change_person(person=user, subject=subject),
            can_unmask=permissions.can_unmask(person=user, subject=subject),
            is_administrator=permissions.is_administrator(person=user),
            **kwargs,
        )


class Find(FormPage):
    """Somebody by their whole number."""

    request: SignedIn
    form_class = forms.Find
    title, button = gettext_lazy("Find by number"), gettext_lazy("Find")

    def allowed(self):
        """Keep it to who works here."""
        return permissions.can_enrol(person=self.request.user)

    def form_valid(self, form):
        """Go to the person, or say that there is none in one's scope."""
        found = reads.found_by_number(
            person=self.request.user, number=form.cleaned_data["number"], on=timezone.localdate()
        )
        if len(found) == 1:
            return HttpResponseRedirect(found[0].get_absolute_url())
        words = {"form": form, "found": found}
        if not found:
            form.add_error("number", _("Nobody in your area has this number."))
        return render(self.request, "people/found.html", self.get_context_data(**words))


class AddPerson(FormPage):
    """Take a person up."""

    request: SignedIn
    form_class = forms.Person
    title = gettext_lazy("Add a person")
    button = gettext_lazy("Save")
    done = gettext_lazy("Taken up.")

    back = "people:people"

    def allowed(self):
        """Ask the room's permissions."""
        return permissions.can_enrol(person=self.request.user)

    def act(self, data):
        """Call the one action; the new person belongs where this one works."""
        user = self.request.user
        held = permissions.roles(person=user, roles=permissions.OFFICE)
        where = held[0].area_code if held else ""
        new = actions.enrol_person(**data, area_code=where, by=user.token, at=timezone.now())
        return redirect(new)


class PersonAction(ActionPage[Person]):
    """An act on one person by the office in whose scope they are."""

    request: SignedIn

    def get_subject(self):
        """Find the person."""
        return seen(self)

    def allowed(self):
        """Ask the room's permissions."""
        return permissions.can_change_person(person=self.request.user, subject=self.subject)

    def by(self) -> dict[str, Any]:
        """Say who acts, and when."""
        return {"by": self.request.user.token, "at": timezone.now()}


class ChangePerson(PersonAction):
    """Correct what is known; only what is typed anew changes."""

    form_class = forms.Person
    title = gettext_lazy("Correct details")
    intro = gettext_lazy("Empty numbers stay as they are; what is hidden is not shown here.")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def act(self, data):
        """Call the one action."""
        kept: dict[str, Any] = {
            name: value or getattr(self.subject, name) or "" for name, value in data.items()
        }
        actions.change_person(person=self.subject, **kept, **self.by())


@method_decorator(never_cache, name="dispatch")
class Unmask(View):
    """Show what is hidden, once, to whoever says why; never by an address alone."""

    request: SignedIn

    def post(self, request, pk):
        """Note it, and show it on this one answer."""
        subject = seen(self)
        if not permissions.can_unmask(person=request.user, subject=subject):
            raise PermissionDenied
        form = forms.Reason(request.POST)
        if not form.is_valid():
            messages.error(request, _("Please say why you need to see it."))
            return HttpResponseRedirect(subject.get_absolute_url())
        shown = actions.unmask_person(
            person=subject,
            fields=["name", "phone", "id_number"],
            reason=form.cleaned_data["reason"],
            by=request.user.token,
            at=timezone.now(),
        )
        return render(request, "people/unmasked.html", {"person": subject, "shown": shown})


class RelateHome(PersonAction):
    """Relate a person to a home."""

    form_class = forms.Relate
    title = gettext_lazy("Relate to a home")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def get_form_kwargs(self):
        """Offer the estates in one's scope."""
        estates = reads.estates_of(person=self.request.user)
        return super().get_form_kwargs() | {"estates": estates}

    def act(self, data):
        """Call the one action."""
        del data["estate"]
        actions.relate_home(person=self.subject, **data, **self.by())


class EndRelation(PersonAction):
    """Say that a relation to a home is over."""

    form_class = forms.Until
    title = gettext_lazy("End this relation")
    button = gettext_lazy("End")
    done = gettext_lazy("Saved.")

    def act(self, data):
        """Call the one action."""
        relation = get_object_or_404(self.subject.homes, pk=self.kwargs["relation"])
        actions.end_relation(relation=relation, **data, **self.by())


class AdministratorAction(PersonAction):
    """An act on one person that only an administrator may do."""

    def allowed(self):
        """Ask the room's permissions."""
        return permissions.is_administrator(person=self.request.user)


class AssignRole(AdministratorAction):
    """Give a role."""

    form_class = forms.AssignRole
    title = gettext_lazy("Give a role")
    button = gettext_lazy("Give")
    done = gettext_lazy("Saved.")

    def act(self, data):
        """Call the one action."""
        actions.assign_role(person=self.subject, **data, **self.by())


class EndRole(AdministratorAction):
    """End a role."""

    form_class = forms.Until
    title = gettext_lazy("End this role")
    button = gettext_lazy("End")
    done = gettext_lazy("Saved.")

    def act(self, data):
        """Call the one action."""
        held = get_object_or_404(self.subject.assignments, pk=self.kwargs["role"])
        actions.end_role(assignment=held, **data, **self.by())


class LockPerson(AdministratorAction):
    """Close or open an account."""

    form_class = forms.Reason
    title = gettext_lazy("Close or open this account")
    intro = gettext_lazy("A closed account cannot sign in, and its roles rest.")
    done = gettext_lazy("Saved.")

    def act(self, data):
        """Call the one action."""
        act = actions.lock_person if self.subject.is_active else actions.unlock_person
        act(person=self.subject, **data, **self.by())
