"""What the pages of this room have in common."""

from django.http import HttpResponseRedirect
from django.views.generic import FormView


class FormPage(FormView):
    """A form's page: it is looked at and sent, nothing else."""

    http_method_names = ["get", "head", "post"]

    def elsewhere(self) -> str:
        """Give an address to go to instead, when this page has nothing to ask."""
        return ""

    def dispatch(self, request, *args, **kwargs):
        """Go elsewhere, or ask."""
        if request.method.lower() in self.http_method_names and (address := self.elsewhere()):
            return HttpResponseRedirect(address)
        return super().dispatch(request, *args, **kwargs)
