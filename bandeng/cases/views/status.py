"""A reporter's own page, reached by its secret; the same acts as at the counter."""

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
    """Something that a reporter does through the secret link."""

    def get_subject(self):
        """Find the report."""
        return report_or_404(self.kwargs["secret"])

    def allowed(self):
        """Let whoever has the secret act: the action says if it is too late."""
        return True

    def back_url(self):
        """Lead to the status page."""
        return reverse("cases:status", args=[self.kwargs["secret"]])

    def common(self):
        """Give who acts, and when."""
        return {"by": self.subject, "at": timezone.now()}


@public
class Answer(StatusAction):
    """Say whether it is solved, and whether one is content."""

    form_class = forms.Feedback
    title = _("Is it solved?")
    button = _("Send my answer")
    done = _("Thank you for your answer.")

    def act(self, data):
        """Keep the answer."""
        return actions.answer(report=self.subject, **data, **self.common())


@public
class Say(StatusAction):
    """Write to those at work."""

    form_class = forms.Words
    title = _("Write a message")
    button = _("Send")
    done = _("Your message was sent.")

    def act(self, data):
        """Hang it on the case."""
        return actions.comment_case(
            case=self.subject.case, audience=Audience.INTERNAL, text=data["text"], **self.common()
        )


@public
class AddPhotos(StatusAction):
    """Add photos."""

    form_class = forms.Pictures
    title = _("Add photos")
    button = _("Send")
    done = _("Your photos were sent.")

    def act(self, data):
        """Hang them on the case."""
        return actions.add_photos(case=self.subject.case, photos=data["photos"], **self.common())


@public
class Reopen(StatusAction):
    """Ask for the case to be taken up again."""

    form_class = forms.Again
    title = _("Please look at it again")
    button = _("Send")
    done = _("The case is taken up again; the body that had it has been told.")

    def act(self, data):
        """Take it up again."""
        return actions.reopen_case(case=self.subject.case, reason=data["reason"], **self.common())


@public
class Withdraw(StatusAction):
    """Take the report back."""

    form_class = forms.Nothing
    title = _("Withdraw my report")
    intro = _("If neighbours reported the same, the case goes on for them.")
    button = _("Withdraw")
    danger = True
    done = _("Your report is withdrawn.")

    def act(self, data):
        """Take it back."""
        return actions.withdraw_report(report=self.subject, **self.common())
