"""The working days: to see and to keep, for administrators."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from bandeng.kit.views import FormPage, Guarded
from bandeng.people.estates import forms, permissions, reads
from bandeng.people.views import SignedIn
from bandeng.places import actions
from bandeng.places.models import CalendarYear


class Kept(Guarded):
    """A page for whoever keeps the calendar."""

    request: SignedIn

    def allowed(self):
        """Ask whether the person keeps the calendar."""
        return permissions.can_keep_calendar(person=self.request.user)


class Calendar(Kept, TemplateView):  # type: ignore[misc]  # two views with a request each
    """The known years, each with its source and its days."""

    template_name = "places/calendar.html"

    def get_context_data(self, **kwargs):
        """Gather the years, the latest first."""
        years = list(CalendarYear.objects.prefetch_related("days").order_by("-year"))
        last = years[0].year if years else timezone.localdate().year - 1
        return super().get_context_data(years=years, next=last + 1, **kwargs)


class _Keeping(Kept, FormPage):  # type: ignore[misc]
    back = "places:calendar"


class Year(_Keeping):
    """Enter or replace a year."""

    form_class = forms.Year
    button, done = _("Enter the year"), _("The year is entered.")
    template_name = "places/year.html"

    def known(self):
        """Give the year if it is known."""
        return CalendarYear.objects.filter(year=self.kwargs["year"]).first()

    def get_initial(self):
        """Start with what is known."""
        known = self.known()
        if not known:
            return {}
        lines = [
            f"{day.day} {'上班' if day.works else '放假'} {day.name}"
            for day in known.days.order_by("day")
        ]
        return {"source": known.source, "days": "\n".join(lines)}

    def get_context_data(self, **kwargs):
        """Add what happened to the year."""
        known = self.known()
        story = reads.told(thread=known.thread) if known else []
        title = _("Working days of %(year)s") % {"year": self.kwargs["year"]}
        return super().get_context_data(story=story, title=title, **kwargs)

    def act(self, data):
        """Call the one action."""
        by, year = self.request.user.token, self.kwargs["year"]
        actions.replace_year(year=year, **data, by=by, at=timezone.now())


class Day(_Keeping):
    """Correct one day."""

    form_class = forms.Day
    title, button, done = _("Correct one day"), _("Save"), _("Saved.")

    def act(self, data):
        """Call the one action."""
        actions.set_day(**data, by=self.request.user.token, at=timezone.now())


class YearConverter:
    """A year in an address."""

    regex = "20[0-9]{2}"

    def to_python(self, value: str) -> int:
        """Read it."""
        return date(int(value), 1, 1).year

    def to_url(self, value: int) -> str:
        """Write it."""
        return str(value)
