"""A page for each thing that staff and handlers do with a case."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bandeng.cases import actions, permissions
from bandeng.cases.forms import staff as forms
from bandeng.cases.rules.states import State
from bandeng.cases.views.parts import CaseVerb


class Route(CaseVerb):
    """Pass the case to a body."""

    form_class, can, verb = forms.Route, permissions.can_route, actions.route_case
    title, button = _("Who is to handle it?"), _("Pass on")
    done = _("The case is passed on.")
    name, label = "route", _("Pass on to a body")

    @classmethod
    def is_main(cls, *, case):
        """Tell whether nobody has the case."""
        return case.state in (State.RECEIVED, State.DISPUTED)


class Accept(CaseVerb):
    """Take the case on."""

    form_class, can, verb = forms.CaseForm, permissions.can_accept, actions.accept_case
    title, button = _("Accept this case"), _("Accept")
    done = _("The case is accepted.")
    main = True
    name, label = "accept", _("Accept")


class Dispute(CaseVerb):
    """Refuse the case."""

    form_class, can, verb = forms.Dispute, permissions.can_accept, actions.dispute_case
    title, button = _("This is not ours"), _("Send it back")
    intro = _("The date does not move: say quickly who is responsible.")
    done = _("The case went back to the office, with your reason.")
    main = True
    name, label = "dispute", _("Not ours")


class Start(CaseVerb):
    """Begin or go on."""

    form_class, can, verb = forms.Note, permissions.can_start, actions.start_case
    title, button = _("Work begins or goes on"), _("Confirm")
    done = _("Noted.")
    main = True
    name, label = "start", _("Work begins or goes on")


class Wait(CaseVerb):
    """Let the clock rest."""

    form_class, can, verb = forms.Reason, permissions.can_wait, actions.wait_case
    title, button = _("What is waited for?"), _("Let the clock rest")
    intro = _("Until the work goes on, the date moves by the time that is waited.")
    done = _("The clock rests.")
    name, label = "wait", _("Wait for something")


class MakeSafe(CaseVerb):
    """Say that the danger is gone."""

    form_class, can, verb = forms.MakeSafe, permissions.can_make_safe, actions.make_safe
    title, button = _("The danger is removed"), _("Confirm: it is safe")
    done = _("Put on record: it is safe.")
    main = True
    name, label = "make-safe", _("The danger is removed")


class Result(CaseVerb):
    """Report what was done."""

    form_class, can, verb = forms.Result, permissions.can_report_result, actions.report_result
    title, button = _("Report the result"), _("Report the result")
    intro = _("The people concerned are then asked whether it is solved.")
    done = _("The result is reported; the people concerned are asked.")
    main = True
    name, label = "result", _("Report the result")


class Ask(CaseVerb):
    """Ask the people concerned once more."""

    form_class, can, verb = forms.CaseForm, permissions.can_ask, actions.ask_feedback
    title, button = _("Ask the people concerned again"), _("Ask again")
    done = _("They are asked again.")
    name, label = "ask", _("Ask again")


class Close(CaseVerb):
    """Close the case."""

    form_class, can, verb = forms.Close, permissions.can_close, actions.close_case
    title, button = _("Close this case"), _("Close")
    done = _("The case is closed.")
    main = True
    name, label = "close", _("Close")


class Reopen(CaseVerb):
    """Have it taken up again."""

    form_class, can, verb = forms.Reason, permissions.can_reopen, actions.reopen_case
    title, button = _("Take this case up again"), _("Take it up again")
    done = _("The case is taken up again; the body that had it has been told.")
    name, label = "reopen", _("Take it up again")


class SetAside(CaseVerb):
    """Close it as outside what may be handled here."""

    form_class, can, verb = forms.Explanation, permissions.can_set_aside, actions.set_aside_case
    title, button = _("Outside what we may handle"), _("Close with this explanation")
    intro = _("Say who is competent and how to reach them.")
    done = _("The case is closed; the reporters read your explanation.")
    danger = True
    name, label = "set-aside", _("Outside what we may handle")


class Merge(CaseVerb):
    """Join it to another case."""

    form_class, can, verb = forms.Merge, permissions.can_merge, actions.merge_case
    title, button = _("Join to another case"), _("Join")
    intro = _("The reporters follow the other case from then on; each keeps number and link.")
    done = _("The cases are joined.")
    name, label = "merge", _("Join to another case")


class Describe(CaseVerb):
    """Correct summary, kind, category."""

    form_class, can, verb = forms.Describe, permissions.can_describe, actions.describe_case
    title, button = _("Correct summary, kind or category"), _("Save")
    intro = _("The limit is counted anew from the same beginning: nothing resets the clock.")
    done = _("Saved.")
    name, label = "describe", _("Correct summary or category")


class Place(CaseVerb):
    """Correct where it is."""

    form_class, can, verb = forms.Place, permissions.can_describe, actions.place_case
    title, button = _("Where is it in truth?"), _("Save")
    intro = _("Those who answer for that place see the case from then on; the date stays.")
    done = _("Saved.")
    name, label = "place", _("Correct the place")

    def back_url(self):
        """Lead to the case, or to the list where it is no longer theirs."""
        seen = permissions.visible_cases(person=self.request.user)
        gone = self.request.method == "POST" and not seen.filter(pk=self.subject.pk).exists()
        return reverse("cases:list") if gone else super().back_url()


class Buildings(CaseVerb):
    """Name the buildings concerned."""

    form_class, can, verb = forms.Buildings, permissions.can_describe, actions.name_buildings
    title, button = _("Which buildings are affected?"), _("Save")
    done = _("Saved.")
    name, label = "buildings", _("Name affected buildings")


class Publish(CaseVerb):
    """Sign for showing it to everyone."""

    form_class, can, verb = forms.Publish, permissions.can_publish, actions.publish_case
    title, button = _("Show this case to everyone"), _("Sign and publish")
    intro = _("Summary, state, dates and result become public under your signature.")
    done = _("The case is public.")
    name, label = "publish", _("Publish")


class Unpublish(CaseVerb):
    """Show it no longer."""

    form_class, can, verb = forms.Reason, permissions.can_unpublish, actions.unpublish_case
    title, button = _("Take this case out of the public list"), _("Take it out")
    done = _("The case is no longer public.")
    name, label = "unpublish", _("No longer public")


class Comment(CaseVerb):
    """Say something."""

    form_class, can, verb = forms.Comment, permissions.can_note, actions.comment_case
    title, button = _("Write a message"), _("Send")
    done = _("Sent.")
    main = True
    name, label = "comment", _("Write a message")


class Photos(CaseVerb):
    """Add photos."""

    form_class, can, verb = forms.Photos, permissions.can_note, actions.add_photos
    title, button = _("Add photos"), _("Send")
    done = _("The photos are there.")
    name, label = "photos", _("Add photos")


# In the order in which a case's page offers them.
VERBS = (
    MakeSafe, Accept, Dispute, Route, Start, Result, Close, Ask, Reopen, Wait,
    Comment, Photos, Describe, Place, Buildings, Merge, Publish, Unpublish, SetAside,
)  # fmt: skip
