"""What the room's pages have in common."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from bandeng.cases import permissions
from bandeng.cases.models import Case
from bandeng.kit.views import ActionPage, FormPage, ListPage, Subject
from bandeng.people.views import SignedIn


class Listing(ListPage):
    """A list in a frame of the room's own; htmx gets the kit's table."""

    http_method_names = ["get", "head"]

    def get_template_names(self) -> list[str]:
        """Name the whole page, or the kit's table for htmx."""
        return ["kit/list.html#table"] if self.request.htmx else [self.template_name]


class Told(FormPage):
    """A page whose form's `told()` is what the action takes."""

    request: SignedIn

    def form_valid(self, form: Any) -> Any:
        """Hand the action what it takes."""
        form.cleaned_data = form.told()
        return super().form_valid(form)


class Verb(Told, ActionPage[Subject]):
    """An act on one subject."""


class CaseVerb(Verb[Case]):
    """One verb of a case: the form, the permission and the action say everything.

    `can` is the room's permission, `verb` its action, both taken by keyword.
    """

    can: Any = None
    verb: Any = None
    name: str = ""
    label: Any = ""
    main = False

    @classmethod
    def is_main(cls, *, case: Case) -> bool:  # noqa: ARG003  # a verb may ask it
        """Tell whether this is what the case waits for, or else one of the rarer things."""
        return cls.main

    @classmethod
    def url_name(cls) -> str:
        """Give the name of its address: the verb's own name."""
        return cls.name.replace("-", "_")

    def get_subject(self) -> Case:
        """Find the case among those that the person may see."""
        cases = permissions.visible_cases(person=self.request.user).select_related(
            "estate", "organisation", "category", "building"
        )
        return get_object_or_404(cases, number=self.kwargs["number"])

    def allowed(self) -> bool:
        """Ask the room's permission."""
        return bool(type(self).can(person=self.request.user, case=self.subject))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the form know the case and the person."""
        return super().get_form_kwargs() | {"case": self.subject, "person": self.request.user}

    def act(self, data: dict[str, Any]) -> Any:
        """Call the one action."""
        return type(self).verb(case=self.subject, by=self.request.user, at=timezone.now(), **data)
