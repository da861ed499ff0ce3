"""Start pages, the inbox, the machine's health."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import ListView, TemplateView, View

from bandeng.cases.models import Case
from bandeng.cases.permissions import can_enter
from bandeng.cases.reads.reports import of_person
from bandeng.cases.tables import Cases
from bandeng.desk import actions, health, permissions, reads
from bandeng.desk.parameters import SHOWN
from bandeng.desk.permissions import Page
from bandeng.desk.rules import Slot
from bandeng.funds import reads as funds
from bandeng.funds.reads import waits
from bandeng.kit.charts import Series, bars_and_line
from bandeng.kit.machine import answers
from bandeng.kit.views import ActionPage, ListPage
from bandeng.people import copies
from bandeng.people.actions import note_copy
from bandeng.people.forms.people import Reason
from bandeng.people.models import Person
from bandeng.people.permissions import is_administrator, visible_people
from bandeng.people.reads import homes_of
from bandeng.people.views import SignedIn
from bandeng.post import actions as post
from bandeng.post import reads as messages


@method_decorator(never_cache, name="dispatch")
class Start(TemplateView):
    """One's start page, by the widest of one's roles."""

    http_method_names = ["get", "head"]
    request: SignedIn

    def get_template_names(self):
        """Choose the page."""
        return [f"desk/{permissions.start_page(person=self.request.user)}.html"]

    def get_context_data(self, **kwargs):
        """Gather what the page shows."""
        person, now = self.request.user, timezone.now()
        page = permissions.start_page(person=person)
        gather = {Page.OFFICER: _officer, Page.WORKER: _worker, Page.RESIDENT: _resident}[page]
        told = {
            "person": person,
            "now": now,
            "unread": messages.unread(person=person.token),
            "money": waits(person=person, at=now),
        }
        return super().get_context_data(**told, **gather(person, now), **kwargs)


def _resident(person, _now):
    return {
        "reports": of_person(person=person)[:SHOWN],
        "homes": homes_of(person=person),
        "places": funds.my_places(person=person),
        "messages_new": messages.inbox(person=person.token)[:3],
    }


def _worker(person, now):
    todo = reads.todo(person=person, at=now)
    names = {
        Slot.OVERDUE: _("Overdue"),
        Slot.TODAY: _("Due today"),
        Slot.WEEK: _("Due this week"),
        Slot.LATER: _("Later"),
    }
    return {
        "slots": [
            {"name": names[one], "key": one, "count": len(tasks), "tasks": tasks[:SHOWN]}
            for one, tasks in todo.tasks.items()
            if tasks
        ],
        "todo": todo,
        "can_enter": can_enter(person=person),
        "estates": reads.estates(person=person),
    }


def _officer(person, now):
    weeks = reads.by_week(person=person, at=now)
    chart = bars_and_line(
        title=_("Opened and closed by week"),
        labels=[date_format(monday, "n-j") for monday, *_counts in weeks],
        bars=Series(_("cases taken up"), [opened for _monday, opened, _closed in weeks]),
        line=Series(_("closed"), [closed for _monday, _opened, closed in weeks]),
        description=_("Weeks begin on Monday; the last one is not over."),
    )
    return {
        "cards": reads.cards(person=person, at=now),
        "rates": reads.rates_of(person=person, at=now),
        "chart": chart,
        "todo": reads.todo(person=person, at=now),
        "can_enter": can_enter(person=person),
    }


class Behind(ListPage):
    """The cases behind a count of the officers' page."""

    http_method_names = ["get", "head"]
    request: SignedIn
    table_class, model, filterset_fields = Cases, Case, ()

    def get_queryset(self):
        """Keep to what was counted."""
        if not permissions.sees_figures(person=self.request.user):
            raise PermissionDenied
        if self.kwargs["key"] not in reads.CARDS:
            raise Http404
        found = reads.behind(person=self.request.user, key=self.kwargs["key"], at=timezone.now())
        return found.select_related("organisation")

    def get_context_data(self, **kwargs):
        """Say what was counted."""
        card = reads.CARDS[self.kwargs["key"]]
        words = {"title": card.name, "intro": card.definition}
        return super().get_context_data(**words | kwargs)


class Inbox(ListView):
    """What I was told."""

    http_method_names = ["get", "head"]
    request: SignedIn
    template_name = "desk/inbox.html"
    paginate_by = 20

    def get_queryset(self):
        """Give my messages, newest first."""
        return messages.inbox(person=self.request.user.token)

    def get_context_data(self, **kwargs):
        """Count what is new."""
        unread = messages.unread(person=self.request.user.token)
        return super().get_context_data(unread=unread, **kwargs)


class Read(View):
    """Note that a message was read, and go where it leads."""

    http_method_names = ["post"]
    request: SignedIn

    def post(self, request, token):
        """Mark my own message."""
        mine = messages.inbox(person=request.user.token)
        message = get_object_or_404(mine, token=token)
        post.mark_read(message=message, at=timezone.now())
        return HttpResponseRedirect(message.link or reverse("desk:inbox"))


class ReadAll(View):
    """Note that every message was read."""

    http_method_names = ["post"]
    request: SignedIn

    def post(self, request):
        """Mark all of mine."""
        post.mark_all_read(recipient=request.user.token, at=timezone.now())
        return HttpResponseRedirect(reverse("desk:inbox"))


class DataCopy(View):
    """A copy of what every room keeps about me, to take along."""

    http_method_names = ["post"]
    request: SignedIn
    formats = {"json": copies.as_json, "xlsx": copies.as_workbook}

    def post(self, request):
        """Hand it out, and note that."""
        write = self.formats.get(request.POST.get("format", ""))
        if not write:
            return HttpResponseBadRequest()
        person = request.user
        note_copy(person=person, by=person.token, at=timezone.now())
        return write(copy=reads.data_copy(person=person))


class ErasePerson(ActionPage[Person]):
    """Forget a person in every room."""

    request: SignedIn
    form_class = Reason
    title = gettext_lazy("Erase this person's details")
    intro = gettext_lazy(
        "Name, numbers, what they reported and every private line of their story are removed "
        "for good. What happened stays, without saying who it was. Roles, homes, seats as a "
        "supervisor and open matters must have ended; vouchers of payments stay as long as the "
        "law keeps them."
    )
    button = gettext_lazy("Erase")
    confirm = gettext_lazy("This cannot be undone. Erase?")
    danger = True
    done = gettext_lazy("Erased.")

    def get_subject(self):
        """Find the person among those whom one may see."""
        return get_object_or_404(
            visible_people(person=self.request.user), pk=self.kwargs["pk"], erased_at=None
        )

    def allowed(self):
        """Ask the people's permissions."""
        return is_administrator(person=self.request.user)

    def act(self, data):
        """Call the one action."""
        by = self.request.user.token
        actions.erase_person(person=self.subject, by=by, at=timezone.now())

    def back_url(self):
        """Lead to what is left of the person."""
        return self.subject.get_absolute_url()


@method_decorator(never_cache, name="dispatch")
class Health(TemplateView):
    """How the machine is, for who looks after it."""

    http_method_names = ["get", "head"]
    request: SignedIn
    template_name = "desk/health.html"

    def get_context_data(self, **kwargs):
        """Look at everything."""
        if not permissions.sees_health(person=self.request.user):
            raise PermissionDenied
        now = timezone.now()
        return super().get_context_data(checks=health.checks(at=now), now=now, **kwargs)


@login_not_required
@require_safe
@never_cache
def healthz(_request):
    """Tell a supervisor whether this process and its database answer, and nothing else."""
    if answers():
        return HttpResponse("ok", content_type="text/plain")
    return HttpResponse("down", content_type="text/plain", status=503)
