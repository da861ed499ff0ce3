"""A roster file: upload, look at what it would do, take it in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from bandeng.kit.errors import Refused
from bandeng.kit.views import ActionPage, Guarded
from bandeng.people import actions
from bandeng.people.estates import forms, permissions, template
from bandeng.people.estates.preview import preview
from bandeng.people.views import SignedIn
from bandeng.places import actions as places
from bandeng.places.labels import UNREADABLE
from bandeng.places.models import Estate, RosterUpload
from bandeng.places.rules.roster import Unreadable, open_workbook, read_roster


class NotATable(Refused):
    """The file cannot be opened."""


class UploadRoster(ActionPage[Estate]):
    """Step 1: choose a file."""

    request: SignedIn
    form_class = forms.Upload
    template_name = "places/roster_upload.html"
    title = gettext_lazy("Take in a roster")
    button = gettext_lazy("Look at the file")
    uploaded: RosterUpload | None = None

    def get_subject(self):
        """Find the estate among those that the person may see."""
        within = permissions.visible_estates(person=self.request.user)
        return get_object_or_404(within, pk=self.kwargs["pk"])

    def allowed(self):
        """Ask whether the person keeps this estate."""
        return permissions.can_keep(person=self.request.user, estate=self.subject)

    def act(self, data):
        """Keep the file if it is a table at all."""
        content = data["file"].read()
        try:
            open_workbook(data=content)
        except Unreadable as why:
            raise NotATable(str(UNREADABLE[why.why])) from None
        self.uploaded = places.keep_upload(
            estate=self.subject,
            file_name=data["file"].name,
            content=content,
            by=self.request.user.token,
            at=timezone.now(),
        )

    def back_url(self):
        """Lead to the estate, or on to the second step."""
        if self.uploaded:
            return reverse("places:check-roster", kwargs={"token": self.uploaded.token})
        return self.subject.get_absolute_url()


class CheckRoster(Guarded, TemplateView):
    """Steps 2 and 3: what the file says and would change; then yes or no."""

    request: SignedIn
    template_name = "places/roster_check.html"
    http_method_names = ["get", "head", "post"]

    @cached_property
    def upload(self):
        """Find the file among those on estates that the person may keep."""
        within = permissions.visible_estates(person=self.request.user)
        uploads = RosterUpload.objects.filter(estate__in=within).select_related("estate__area")
        return get_object_or_404(uploads, token=self.kwargs["token"])

    def allowed(self):
        """Ask whether the person keeps the estate."""
        return permissions.can_keep(person=self.request.user, estate=self.upload.estate)

    def roster(self):
        """Read the file anew: nothing that a browser sends decides what is taken."""
        return read_roster(sheets=open_workbook(data=self.upload.content))

    def get_context_data(self, **kwargs):
        """Say what would happen."""
        shown = preview(estate=self.upload.estate, roster=self.roster())
        return super().get_context_data(upload=self.upload, shown=shown, **kwargs)

    def post(self, request, *args, **kwargs):
        """Take the file in, or put it away."""
        upload, who = self.upload, {"by": request.user.token, "at": timezone.now()}
        estate = upload.estate
        if request.POST.get("answer") != "yes":
            places.discard_upload(upload=upload, **who)
            messages.success(request, _("The file is put away; nothing was changed."))
            return HttpResponseRedirect(estate.get_absolute_url())
        try:
            taken = actions.import_roster(
                estate=estate,
                roster=self.roster(),
                file_name=upload.file_name,
                content_hash=bytes(upload.sha256),
                upload=upload,
                **who,
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)
        counts = {"new": taken.homes_new, "changed": taken.homes_changed, "same": taken.homes_same}
        done = _("Taken in: %(new)d homes new, %(changed)d changed, %(same)d as they were.")
        messages.success(request, done % counts)
        return HttpResponseRedirect(estate.get_absolute_url())


class RosterTemplate(View):
    """An empty roster to fill in."""

    request: SignedIn

    def get(self, request):
        """Hand it out."""
        if not permissions.sees_places(person=request.user):
            raise PermissionDenied
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(template.workbook(), content_type=kind)
        response["Content-Disposition"] = "attachment; filename=roster.xlsx"
        return response
