"""What people read for a state, a kind, a verb."""

from django.utils.translation import gettext_lazy as _

from bandeng.cases.rules.rates import Excluded, Satisfied, Solved
from bandeng.cases.rules.states import Kind, State
from bandeng.places.rules.calendar import Unit

KINDS = {
    Kind.HAZARD: _("hazard"),
    Kind.COMPLAINT: _("complaint"),
    Kind.DISPUTE: _("dispute"),
    Kind.LONG_STUCK: _("long-stuck matter"),
    Kind.ASSISTANCE: _("request for help"),
}
STATES = {
    State.RECEIVED: _("received"),
    State.ASSIGNED: _("passed on"),
    State.DISPUTED: _("refused by the body asked"),
    State.ACCEPTED: _("accepted"),
    State.IN_PROGRESS: _("in progress"),
    State.WAITING: _("waiting"),
    State.RESULT_REPORTED: _("done, to be checked"),
    State.REOPENED: _("taken up again"),
    State.CLOSED_SOLVED: _("closed: solved"),
    State.CLOSED_UNSOLVED: _("closed: not solved, explained"),
    State.OUT_OF_SCOPE: _("closed: outside what we may handle"),
    State.DUPLICATE: _("joined to another case"),
    State.WITHDRAWN: _("withdrawn"),
}
UNITS = {
    Unit.HOURS: _("hours"),
    Unit.WORKING_HOURS: _("working hours"),
    Unit.DAYS: _("calendar days"),
    Unit.WORKING_DAYS: _("working days"),
    Unit.MONTHS: _("months"),
}
SOLVED = {Solved.YES: _("yes, solved"), Solved.PARTLY: _("partly"), Solved.NO: _("no, not solved")}
SATISFIED = {
    Satisfied.VERY: _("very satisfied"),
    Satisfied.YES: _("satisfied"),
    Satisfied.BASICALLY: _("basically satisfied"),
    Satisfied.NO: _("not satisfied"),
}
EXCLUDED = {
    Excluded.NO_ANSWER: _("no answer"),
    Excluded.NOT_REACHED: _("called, not reached"),
    Excluded.WITHDRAWN: _("withdrawn"),
    Excluded.SILENT: _("did not answer this question"),
    Excluded.JOINED: _("joined to another case"),
    Excluded.OUT_OF_SCOPE: _("outside what we may handle"),
}
RATES = {
    "on_time": (
        _("On time"),
        _("Closed cases whose last result was reported by their date, of all closed cases."),
    ),
    "response": (
        _("Response rate"),
        _("Reporters who say that the body got in touch, of those who answered this."),
    ),
    "solved": (
        _("Solved rate"),
        _("Reporters who call it solved, in whole, of those who answered this."),
    ),
    "satisfied": (
        _("Satisfied rate"),
        _("Reporters who are very satisfied or satisfied, of those who answered this."),
    ),
}
KIND_CHOICES = [(kind.value, label) for kind, label in KINDS.items()]
STATE_CHOICES = [(state.value, label) for state, label in STATES.items()]
UNIT_CHOICES = [(unit.value, label) for unit, label in UNITS.items()]
SOLVED_CHOICES = [(one.value, label) for one, label in SOLVED.items()]
SATISFIED_CHOICES = [(one.value, label) for one, label in SATISFIED.items()]
VERBS = {
    "category.added": _("Category added"),
    "category.ended": _("Category ended"),
    "rule.added": _("Routing rule added"),
    "rule.ended": _("Routing rule ended"),
    "case.opened": _("Case opened"),
    "report.received": _("Report received"),
    "report.withdrawn": _("Report withdrawn"),
    "report.unmasked": _("Details of a reporter looked at"),
    "report.erased": _("Details of a reporter erased"),
    "case.described": _("Summary or category changed"),
    "case.placed": _("Place corrected"),
    "case.buildings_named": _("Affected buildings named"),
    "case.routed": _("Passed on"),
    "case.accepted": _("Accepted"),
    "case.disputed": _("Refused"),
    "case.started": _("Work began"),
    "case.waiting": _("Set to wait"),
    "case.resumed": _("Work goes on"),
    "case.made_safe": _("Danger removed"),
    "case.result_reported": _("Result reported"),
    "case.asked": _("The people concerned were asked"),
    "report.answered": _("A reporter answered"),
    "report.not_reached": _("A reporter could not be reached"),
    "case.closed": _("Closed"),
    "case.reopened": _("Taken up again"),
    "case.set_aside": _("Closed: outside what we may handle"),
    "case.merged": _("Joined to another case"),
    "case.joined": _("Another case was joined to this one"),
    "case.published": _("Shown to everyone"),
    "case.unpublished": _("No longer published"),
}
