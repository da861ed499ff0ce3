"""Papers: statement of account, notices, the month for the lobby; and the auditor's room."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import DetailView, TemplateView, View

from bandeng.funds import permissions, reads
from bandeng.funds.forms.answers import NoticeUntil
from bandeng.funds.models import Transfer
from bandeng.funds.reads import letters, lobby
from bandeng.funds.views.collecting import CollectedAccount
from bandeng.funds.views.household import opened
from bandeng.funds.views.parts import READ
from bandeng.people.permissions import is_auditor
from bandeng.people.views import SignedIn
from bandeng.trail.reads import log_keys, log_state


def pdf(content, name):
    """Show a paper; nobody on the way keeps it."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


class StatementOfAccount(View):
    """A home's statement of account, to be checked and signed before any notice."""

    http_method_names = READ
    request: SignedIn

    def get(self, request, pk):
        """Print it."""
        places = opened(request).select_related("account__creditor", "account__estate")
        place = get_object_or_404(places, pk=pk)
        return pdf(letters.statement_of_account(receivable=place), f"statement-{place.number}")


class Notices(CollectedAccount):
    """All notices of an account, in files of so many pages as a printer takes at once."""

    template_name = "funds/notices.html"

    def get_context_data(self, **kwargs):
        """Say what each part holds."""
        homes = list(letters.homes_to_remind(account=self.object))
        parts = [
            {
                "number": n + 1,
                "first": homes[start].home,
                "last": homes[min(start + letters.PART, len(homes)) - 1].home,
                "count": len(homes[start : start + letters.PART]),
            }
            for n, start in enumerate(range(0, len(homes), letters.PART))
        ]
        form = NoticeUntil(self.request.GET or None)
        return super().get_context_data(
            parts=parts, count=len(homes), total=sum(home.ledger_account.balance.amount for home in homes), form=form,
            until=self.request.GET.get("pay_until", ""), **kwargs,
        )  # fmt: skip


class NoticePart(CollectedAccount):
    """One part of the notices as PDF."""

    def render_to_response(self, context, **kwargs):
        """Print it."""
        start = (min(self.kwargs["part"], 10**6) - 1) * letters.PART  # as far as a database counts
        homes = letters.homes_to_remind(account=self.object)[max(0, start) : start + letters.PART]
        form = NoticeUntil(self.request.GET)
        if start < 0 or not homes or not form.is_valid():
            raise Http404
        until = form.cleaned_data["pay_until"]
        content = letters.notices(account=self.object, homes=homes, pay_until=until)
        return pdf(content, f"notices-{self.kwargs['part']}")


class Lobby(DetailView):
    """The months for which the lobby's statement can be printed."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/lobby.html"
    context_object_name = "account"

    def get_queryset(self):
        """Keep to what the person may see: homes see the account of their estate."""
        seen = permissions.visible_accounts(person=self.request.user)
        return seen.select_related("estate", "holder")

    def get_context_data(self, **kwargs):
        """List the months."""
        return super().get_context_data(months=lobby.months_of(account=self.object), **kwargs)


class LobbyStatement(Lobby):
    """One month on one sheet."""

    def render_to_response(self, context, **kwargs):
        """Print it."""
        asked = self.kwargs["year"], self.kwargs["month"]
        month = next((day for day in context["months"] if (day.year, day.month) == asked), None)
        if month is None:
            raise Http404
        content = lobby.lobby_statement(account=self.object, month=month)
        return pdf(content, f"{month:%Y-%m}")


class Audit(TemplateView):
    """The auditor's room: take everything away, check it, see what does not fit."""

    http_method_names = READ
    request: SignedIn
    template_name = "funds/audit.html"

    def get_context_data(self, **kwargs):
        """Gather accounts whose books the person may read; ask everything anew if it is wished."""
        person = self.request.user
        seen = permissions.visible_accounts(person=person).select_related("estate__area")
        accounts = [
            account
            for account in seen.order_by("name")
            if permissions.can_see_books(person=person, account=account)
        ]
        if not accounts and not is_auditor(person=person):
            raise PermissionDenied
        asked = self.request.GET.get("recheck") == "yes"
        return super().get_context_data(
            rows=[(account, reads.overview(account=account)) for account in accounts],
            asked=asked,
            findings=reads.recheck() if asked else [],
            count=Transfer.objects.count(),
            state=log_state(),
            keys=log_keys(),
            url=f"{settings.BANDENG_URL}/log",
            now=timezone.now(),
            **kwargs,
        )
