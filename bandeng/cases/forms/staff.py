"""What staff and handlers type; each form's `told()` is what its action takes."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from bandeng.cases.forms.public import LINES, OUTSIDE, YES_NO, Feedback, Told, Words, choice
from bandeng.cases.models import KIND_CHOICES, AnswerChannel, Case, Channel
from bandeng.cases.reads.places import COUNTY, around, bodies, categories_of, found
from bandeng.cases.rules.numbers import cleaned
from bandeng.people.forms.fields import PhoneField
from bandeng.places.reads import communities
from bandeng.trail.forms import PicturesField
from bandeng.trail.models import Audience

READ_BY_REPORTER = _("The reporters can read this: please name no person.")


def words(label, **rest):
    """Give a field for some sentences."""
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(LINES), **rest)


class CaseForm(Told):
    """A form about one case."""

    def __init__(self, *args, case, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.person = case, person
        self.prepare()

    def prepare(self):
        """Fill in what depends on the case."""


class Route(CaseForm):
    """Whom the case goes to."""

    organisation = choice(_("Pass on to"))
    reason = words(_("Why this body?"), required=False)

    def prepare(self):
        """Offer the bodies that answer for the place, but the present one."""
        self.offer("organisation", bodies(case=self.case))


class Dispute(CaseForm):
    """Why a body refuses, and who should have the case."""

    reason = words(_("Why is it not yours?"), help_text=READ_BY_REPORTER)
    suggested = choice(_("Who should have it, as far as you know?"), required=False)

    def prepare(self):
        """Offer the bodies that answer for the place."""
        self.offer("suggested", bodies(case=self.case))


class Note(CaseForm):
    """A remark, or none."""

    note = words(_("Remark"), required=False, help_text=READ_BY_REPORTER)


class Reason(CaseForm):
    """A reason."""

    reason = words(_("Reason"), help_text=READ_BY_REPORTER)


class Explanation(CaseForm):
    """An explanation that the reporters read."""

    explanation = words(_("Explanation"), help_text=READ_BY_REPORTER)


class MakeSafe(CaseForm):
    """How the danger was removed, with proof."""

    note = words(_("What was done to remove the danger?"), help_text=READ_BY_REPORTER)
    photo = PicturesField(most=1, required=False, label=_("Photo"))
    without_photo = forms.CharField(
        label=_("If there is no photo: why?"), max_length=200, required=False
    )

    def told(self):
        """Give the one photo, if any."""
        photo = (self.cleaned_data["photo"] or [None])[0]
        return self.cleaned_data | {"photo": photo}


class Result(CaseForm):
    """What was done."""

    result = words(_("What was done?"), help_text=READ_BY_REPORTER)
    photos = PicturesField(
        required=False, label=_("Photos"), help_text=_("The reporters can see them.")
    )


class Close(CaseForm):
    """As what a case is closed."""

    solved = forms.ChoiceField(label=_("Is it solved?"), choices=YES_NO, widget=forms.RadioSelect)
    explanation = words(
        _("If not solved: why, and what remains possible?"),
        required=False,
        help_text=READ_BY_REPORTER,
    )

    def told(self):
        """Give the answer as a truth."""
        return self.cleaned_data | {"solved": self.cleaned_data["solved"] == "yes"}


class Merge(CaseForm):
    """The case that this one is part of."""

    into = forms.CharField(label=_("Number of the other case"), max_length=60)

    def clean_into(self):
        """Find the other case in the same estate, or elsewhere in the same community."""
        number = cleaned(number=self.cleaned_data["into"])
        here = {"estate": self.case.estate, "area_code": self.case.area_code}
        other = Case.objects.filter(number=number, **here).first()
        if other is None:
            raise forms.ValidationError(_("There is no such case in this estate or community."))
        return other


class Describe(CaseForm):
    """Summary, kind and category."""

    title = forms.CharField(
        label=_("Summary"), max_length=120, help_text=_("What and where; no person, no home.")
    )
    kind = forms.ChoiceField(label=_("Kind of case"), choices=KIND_CHOICES)
    category = choice(_("Category"), required=False)

    def prepare(self):
        """Begin with what is there."""
        self.offer("category", categories_of(case=self.case))
        self.initial = {name: getattr(self.case, name) for name in self.fields}


class Buildings(CaseForm):
    """The buildings a case is about."""

    buildings: Any = forms.ModelMultipleChoiceField(
        label=_("Affected buildings"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self):
        """Offer the estate's buildings."""
        self.offer("buildings", self.case.estate.buildings.order_by("pk"))


class Publish(CaseForm):
    """The summary as everyone will read it."""

    title = forms.CharField(
        label=_("Summary as everyone will read it"),
        max_length=120,
        help_text=_("No person, no home number."),
    )
    checked = forms.BooleanField(
        label=_("I have read summary and result: nobody can be recognised by them.")
    )

    def prepare(self):
        """Begin with the summary."""
        self.initial = {"title": self.case.title}

    def told(self):
        """Give the summary alone: the tick is a condition."""
        return {"title": self.cleaned_data["title"]}


class Comment(CaseForm):
    """Something said, and to whom."""

    text = Words.base_fields["text"]
    audience = forms.ChoiceField(
        label=_("Who reads it?"),
        choices=[
            (Audience.INTERNAL.value, _("those at work on it alone")),
            (Audience.PUBLIC.value, _("the reporters too")),
        ],
        widget=forms.RadioSelect,
        initial=Audience.INTERNAL.value,
    )

    def prepare(self):
        """Leave the hint for residents out."""
        self.fields["text"].help_text = ""


class Photos(CaseForm):
    """Photos, and who sees them."""

    photos = PicturesField(label=_("Photos"))
    audience = Comment.base_fields["audience"]


class AnswerFor(Feedback):
    """What a reporter said when asked by staff."""

    channel = forms.ChoiceField(
        label=_("How were they asked?"),
        choices=[(one.value, one.label) for one in (AnswerChannel.PHONE, AnswerChannel.DOOR)],
        widget=forms.RadioSelect,
        initial=AnswerChannel.PHONE.value,
    )
    reached = forms.ChoiceField(
        label=_("Were they reached?"), choices=YES_NO, widget=forms.RadioSelect, initial="yes"
    )
    field_order = ("channel", "reached", "contacted", "solved", "satisfied", "comment")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["solved"].required = self.fields["satisfied"].required = False

    def told(self):
        """Give the action nothing where nobody was reached."""
        data = super().told()
        reached = data["reached"] == "yes"
        given = {name: data[name] or None for name in ("solved", "satisfied")}
        return data | given | {"reached": reached}


class Unmask(Told):
    """Why somebody looks at a reporter's details."""

    reason = forms.CharField(
        label=_("Why do you need name and phone?"),
        help_text=_("It is put on record with your name."),
        max_length=200,
    )


class Where(Told):
    """Where something is: in an estate, or elsewhere in a community."""

    one_of = ("where", "area")  # one of the two is needed, so neither is marked as optional

    within: Any = None  # the estates among which a name is looked for
    where = forms.CharField(
        label=_("Estate and building"),
        help_text=_("For instance 槐园3栋."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )
    area = choice(
        _("Or a street, market or public place in"),
        required=False,
        empty_label=_("(it is in an estate)"),
    )
    place = forms.CharField(
        label=_("Where exactly?"), help_text=OUTSIDE, max_length=200, required=False
    )

    def clean_where(self):
        """Find the estate or building."""
        typed = self.cleaned_data["where"].strip()
        place = found(within=self.within, typed=typed) if typed else None
        if typed and place is None:
            raise forms.ValidationError(_("No estate or building of yours is called like this."))
        return place

    def clean(self):
        """Ask for one of the two, and outside an estate for the place."""
        if "where" in self.errors:
            return
        area = self.cleaned_data.get("area")
        if bool(self.cleaned_data["where"]) == bool(area):
            self.add_error("where", _("Please name an estate, or choose a community: one of both."))
        elif area and not self.cleaned_data.get("place"):
            self.add_error("place", _("Please say where exactly: others must find it."))

    def told(self):
        """Give what the action takes."""
        data = dict(self.cleaned_data)
        found = data.pop("where")
        return data | ({"estate": found.estate, "building": found.building} if found else {})


class Place(Where, CaseForm):
    """Where a case lies in truth."""

    def prepare(self):
        """Offer the estates and communities around it; begin with the place that is there."""
        self.within = around(case=self.case)
        here = communities(on=localdate()).filter(code__startswith=self.case.area_code[:COUNTY])
        self.offer("area", here)
        area = None if self.case.estate else here.filter(code=self.case.area_code).first()
        where = "".join(self.case.where.split()) if self.case.estate else ""
        self.initial = {"where": where, "area": area, "place": self.case.place}


class Enter(Where):
    """A report at the door or on the telephone, in a few fields."""

    category = choice(_("Category"), required=False, empty_label=_("not sure, or else"))
    text = words(_("What did they say?"))
    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[(one.value, one.label) for one in Channel if one not in (Channel.WEB, Channel.QR)],
    )
    phone = PhoneField(label=_("Phone number, to tell them the result"), required=False)

    def __init__(self, *args, categories, estates, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.within = estates
        self.offer("category", categories)
        self.offer("area", areas)

    def told(self):
        """Give what the action takes."""
        return super().told() | {"channel": Channel(self.cleaned_data["channel"])}


class Period(forms.Form):
    """From which day to which."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("to and with"), widget=forms.DateInput({"type": "date"}))

    def moments(self):
        """Give the first moment, and the first one after the period."""
        days = self.cleaned_data["since"], self.cleaned_data["until"] + timedelta(days=1)
        return tuple(make_aware(datetime.combine(day, time())) for day in days)
