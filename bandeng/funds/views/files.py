"""A file in two steps: looked at, then taken in whole or put away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from bandeng.funds import actions, permissions
from bandeng.funds.models import Upload, UploadKind
from bandeng.funds.views.parts import AccountVerb
from bandeng.kit.errors import Refused
from bandeng.people.views import SignedIn

SHOWN = 200  # problems on a page; the rest is counted


class LookAtFile(AccountVerb):
    """Step 1: choose a file; `kind` says what it is meant to be, `check` what shows it."""

    can = permissions.can_collect
    button = gettext_lazy("Look at the file")
    kind: UploadKind
    check = ""
    kept: Upload | None = None

    def act(self, data):
        """Keep it until somebody has looked."""
        self.kept = actions.keep_upload(
            account=self.subject, kind=self.kind, **data, by=self.request.user, at=timezone.now()
        )

    def next_url(self):
        """Lead to the second step."""
        return reverse(self.check, args=[self.kept.token]) if self.kept else self.back_url()


class CheckFile(TemplateView):
    """Step 2: what the file says and would do; then yes or no.

    `kind` as in step 1; `found()` reads it, `take()` is the one action.
    """

    http_method_names = ["get", "head", "post"]
    request: SignedIn
    kind: UploadKind
    done: str | Promise = ""

    @cached_property
    def upload(self):
        """Find the file among those of accounts that the person may see."""
        seen = permissions.visible_accounts(person=self.request.user)
        kept = Upload.objects.select_related("account__estate").filter(account__in=seen)
        return get_object_or_404(kept, token=self.kwargs["token"], kind=self.kind)

    def dispatch(self, request, *args, **kwargs):
        """Ask the permission, whatever the method."""
        if request.user.is_authenticated:
            if not permissions.can_collect(person=request.user, account=self.upload.account):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Say what would happen."""
        return super().get_context_data(upload=self.upload, **self.found(), **kwargs)

    def found(self):
        """Read the file anew and give what the page shows."""
        raise NotImplementedError

    def take(self, who):
        """Take it in: read anew, so that nothing a browser sends decides what is taken."""
        raise NotImplementedError

    def list_url(self):
        """Say where one lands."""
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        """Take the file in, or put it away."""
        upload, at = self.upload, timezone.now()
        if request.POST.get("answer") != "yes":
            actions.discard_upload(upload=upload, by=request.user.token, at=at)
            messages.success(request, _("The file is put away; nothing was changed."))
            return HttpResponseRedirect(self.list_url())
        try:
            self.take({"by": request.user, "at": at})
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())
        messages.success(request, str(self.done))
        return HttpResponseRedirect(self.list_url())
