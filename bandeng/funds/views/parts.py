"""What the room's pages have in common."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from bandeng.funds.models import Order, SupervisedAccount
from bandeng.funds.permissions import visible_accounts
from bandeng.funds.reads import visible_orders
from bandeng.kit.views import ActionPage, Subject
from bandeng.people.views import SignedIn
from bandeng.trail.serve import HEADERS

READ = ["get", "head"]
KINDS = ((b"%PDF-", "application/pdf", "pdf"), (b"\x89PNG", "image/png", "png"))


class MoneyVerb(ActionPage[Subject]):
    """One verb: the form, the permission and the action say everything.

    `can` is the room's permission, `verb` its action; both take what is acted on as `about`.
    """

    http_method_names = ["get", "head", "post"]
    request: SignedIn
    can: Any = None
    verb: Any = None
    about = ""

    def allowed(self) -> bool:
        """Ask the room's permission."""
        return bool(type(self).can(person=self.request.user, **{self.about: self.subject}))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the form know what it is about and who fills it in."""
        told = {"subject": self.subject, "person": self.request.user}
        return super().get_form_kwargs() | told

    def form_valid(self, form: Any) -> Any:
        """Hand the action what it takes."""
        form.cleaned_data = form.told()
        return super().form_valid(form)

    def act(self, data: dict[str, Any]) -> Any:
        """Call the one action."""
        about = {self.about: self.subject}
        return type(self).verb(**about, by=self.request.user, at=timezone.now(), **data)


class AccountVerb(MoneyVerb[SupervisedAccount]):
    """Something done with an account."""

    about = "account"

    def get_subject(self) -> SupervisedAccount:
        """Find the account among those that the person may see."""
        seen = visible_accounts(person=self.request.user).select_related("estate__area")
        return get_object_or_404(seen, pk=self.kwargs["pk"])


class OrderVerb(MoneyVerb[Order]):
    """Something done with an order."""

    about = "order"

    def get_subject(self) -> Order:
        """Find the order among those that the person may see."""
        seen = visible_orders(person=self.request.user).select_related(
            "account__estate__area", "policy", "maker", "terms_kept"
        )
        return get_object_or_404(seen, pk=self.kwargs["pk"])


def scan(content: bytes, name: str) -> HttpResponse:
    """Show a scanned paper to whoever may see it; nobody else keeps it."""
    kind, ending = next(
        ((kind, ending) for start, kind, ending in KINDS if content.startswith(start)),
        ("image/jpeg", "jpg"),
    )
    disposition = f'inline; filename="{name}.{ending}"'
    answer = HttpResponse(content, content_type=kind, headers=HEADERS)
    answer["Content-Disposition"] = disposition
    return answer
