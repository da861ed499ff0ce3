"""A reporter's own page, reached by its secret; the same acts as at the counter."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from bandeng.cases import actions
from bandeng.cases.forms import public as forms
from bandeng.cases.models import Report
from bandeng.cases.parameters import REOPEN_DAYS
from bandeng.cases.reads import reports, story
from bandeng.cases.tables import state_tag
from bandeng.cases.views.parts import Verb
from bandeng.trail.models import Audience
from bandeng.trail.serve import picture

public = method_decorator([login_not_required, never_cache], name="dispatch")


def status_url(*, secret):
    """Give the address of a status page as it stands in messages and on paper."""
    return f"{settings.BANDENG_URL}{reverse('cases:status', args=[secret])}"


def report_or_404(secret):
    """Find the report; a wrong secret is an unknown page."""
    found = reports.by_secret(secret=secret)
    if found is None:
        raise Http404
    return found


class SecretPage(TemplateView):
    """A page about one report."""

    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs):
        """Add the report."""
        report, now = report_or_404(self.kwargs["secret"]), timezone.now()
        return super().get_context_data(
            report=report,
            case=report.case,
            state_tag=state_tag(case=report.case),
            address=status_url(secret=self.kwargs["secret"]),
            step=story.next_step(case=report.case),
            why_due=story.why_due(case=report.case),
            now=now,
            **kwargs,
        )


@public
class Status(SecretPage):
    """How far a report is, and what its reporter can do."""

    template_name = "cases/status.html"

    def get_context_data(self, **kwargs):
        """Add the story and what can be done now."""
        context = super().get_context_data(**kwargs)
        report = context["report"]
        return context | {
            "new": "new" in self.request.GET,
            "story": story.story_for(report=report),
            "pictures": story.pictures_for(report=report),
            "answer": reports.answer_of(report=report),
            "form": forms.Feedback() if reports.can_answer(report=report) else None,
            "can_reopen": reports.can_ask_again(report=report, at=context["now"]),
            "can_withdraw": reports.can_withdraw(report=report),
            "reopen_days": REOPEN_DAYS,
        }


@public
class Slip(SecretPage):
    """The number and the link on paper."""

    template_name = "cases/slip.html"


@method_decorator(login_not_required, name="dispatch")
class StatusPhoto(TemplateView):
    """One photo that the reporter may see."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        """Serve it, or its thumbnail."""
        report = report_or_404(kwargs["secret"])
        for one in story.pictures_for(report=report):
            if one.token == kwargs["photo"]:
                return picture(request=request, attachment=one, thumbnail="small" in request.GET)
        raise Http404


class StatusAction(Verb[Report]):
    """Something that a reporter does through the secret link: with the report, or its case."""

    verb: Any = None
    with_case = True

    def get_subject(self):
        """Find the report."""
        return report_or_404(self.kwargs["secret"])

    def allowed(self):
        """Let whoever has the secret act: the action says if it is too late."""
        return True

    def back_url(self):
        """Lead to the status page."""
        return reverse("cases:status", args=[self.kwargs["secret"]])

    def act(self, data):
        """Call the one action."""
        report = self.subject
        on = {"case": report.case} if self.with_case else {"report": report}
        return type(self).verb(**on, **data, by=report, at=timezone.now())


@public
class Answer(StatusAction):
    """Say whether it is solved, and whether one is content."""

    form_class, verb, with_case = forms.Feedback, actions.answer, False
    title, button = _("Is it solved?"), _("Send my answer")
    done = _("Thank you for your answer.")


@public
class Say(StatusAction):
    """Write to those at work."""

    form_class, verb = forms.Words, partial(actions.comment_case, audience=Audience.INTERNAL)
    title, button, done = _("Write a message"), _("Send"), _("Your message was sent.")


@public
class AddPhotos(StatusAction):
    """Add photos."""

    form_class, verb = forms.Pictures, actions.add_photos
    title, button, done = _("Add photos"), _("Send"), _("Your photos were sent.")


@public
class Reopen(StatusAction):
    """Ask for the case to be taken up again."""

    form_class, verb = forms.Again, actions.reopen_case
    title, button = _("Please look at it again"), _("Send")
    done = _("The case is taken up again; the body that had it has been told.")


@public
class Withdraw(StatusAction):
    """Take the report back."""

    form_class, verb, with_case = forms.Nothing, actions.withdraw_report, False
    title, button, danger = _("Withdraw my report"), _("Withdraw"), True
    intro = _("If neighbours reported the same, the case goes on for them.")
    done = _("Your report is withdrawn.")
