"""What residents type, without an account and without JavaScript."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bandeng.cases.models import SATISFIED_CHOICES, SOLVED_CHOICES
from bandeng.cases.parameters import PHOTOS
from bandeng.cases.rules.numbers import cleaned
from bandeng.cases.rules.states import Kind
from bandeng.people.forms.fields import PhoneField
from bandeng.trail.forms import PicturesField

YES_NO = (("yes", _("yes")), ("no", _("no")))
LINES = {"rows": 5}
OUTSIDE = _("Street and number, market, bus stop: so that somebody else finds it.")
ABOUT = ("name", "phone", "tell_handler")


def choice(label, **rest) -> Any:
    """Give a choice among rows that the form itself knows later (`offer`)."""
    return forms.ModelChoiceField(label=label, queryset=None, **rest)


class Told(forms.Form):
    """A form whose `told()` is what its action takes."""

    def offer(self, name, rows):
        """Say which rows can be chosen."""
        field: Any = self.fields[name]
        field.queryset = rows

    def told(self):
        """Give the fields as they are."""
        return self.cleaned_data


class Nothing(Told):
    """Only a confirmation."""


def photos_field(**rest):
    """Give the field for a reporter's photos."""
    hint = format_lazy(_("Up to {most}. Place and camera data are removed."), most=PHOTOS)
    return PicturesField(most=PHOTOS, required=False, label=_("Photos"), help_text=hint, **rest)


class Contact(Told):
    """How to reach whoever reports; nothing of it is needed."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(label=_("Your name"), max_length=60, required=False)
    phone = PhoneField(label=_("Your phone number"), required=False)
    tell_handler = forms.BooleanField(
        label=_("The body that handles it may see my name and phone to arrange a visit"),
        required=False,
    )

    text = forms.CharField(
        label=_("What happened?"),
        help_text=_("In your own words. Please do not name other people."),
        max_length=4000,
        widget=forms.Textarea(attrs=LINES),
    )
    place = forms.CharField(
        label=_("Where exactly?"),
        help_text=_("For instance: entrance 2, third floor, by the lift."),
        max_length=200,
        required=False,
    )

    def contact(self):
        """Give the fields about the reporter."""
        return [self[name] for name in ABOUT]

    def first(self):
        """Give the fields about the matter."""
        return [one for one in self.visible_fields() if one.name not in ABOUT]


class Report(Contact):
    """A report of something new."""

    category = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    danger = forms.ChoiceField(
        label=_("Is anybody in danger now?"), choices=YES_NO, widget=forms.RadioSelect
    )
    photos = photos_field()
    field_order = (
        "category", "danger", "text", "place", "photos", "name", "phone", "tell_handler",
    )  # fmt: skip

    def __init__(self, *args, categories, outside=False, **kwargs):
        super().__init__(*args, **kwargs)
        if outside:
            self.fields["place"].required = True
            self.fields["place"].help_text = OUTSIDE
        self.categories = {str(one.token): one for one in categories}
        listed = [(token, str(one)) for token, one in self.categories.items()]
        category: Any = self.fields["category"]
        category.choices = [*listed, ("other", _("not sure, or something else"))]

    def told(self):
        """Give what the action takes."""
        data = dict(self.cleaned_data)
        danger = data.pop("danger") == "yes"
        data["category"] = self.categories.get(data["category"])
        return data | {"kind": Kind.HAZARD if danger else None}


class MeToo(Contact):
    """One more who has the same."""

    photos = photos_field()
    field_order = ("text", "place", "photos", "name", "phone", "tell_handler")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].label = _("Anything to add?")


class Lookup(forms.Form):
    """The number of a report and the phone it was made with."""

    number = forms.CharField(
        label=_("Number of the report"),
        help_text=_("It stands on the slip, for instance 20240301-003001-12-1."),
        max_length=60,
    )
    phone = PhoneField(label=_("Phone number given then"))

    def clean_number(self):
        """Undo what typing does to a number."""
        return cleaned(number=self.cleaned_data["number"])


class Feedback(Told):
    """Was it solved, and were you content: two questions."""

    solved = forms.ChoiceField(
        label=_("Is it solved?"), choices=SOLVED_CHOICES, widget=forms.RadioSelect
    )
    satisfied = forms.ChoiceField(
        label=_("How satisfied are you with how it was handled?"),
        choices=SATISFIED_CHOICES,
        widget=forms.RadioSelect,
    )
    contacted = forms.ChoiceField(
        label=_("Did those who handled it get in touch with you?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    comment = forms.CharField(
        label=_("Anything to add?"), max_length=1000, required=False, widget=forms.Textarea(LINES)
    )

    def told(self):
        """Give what the action takes."""
        contacted = self.cleaned_data["contacted"]
        return self.cleaned_data | {"contacted": contacted == "yes" if contacted else None}


class Words(Told):
    """A message to those at work."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=_("Those who work on it read it; your neighbours do not."),
        max_length=4000,
        widget=forms.Textarea(LINES),
    )


class Pictures(Told):
    """More photos."""

    photos = PicturesField(most=PHOTOS, label=_("Photos"))


class Again(Told):
    """Why a case should be taken up again."""

    reason = forms.CharField(
        label=_("What is still not solved?"), max_length=1000, widget=forms.Textarea(LINES)
    )
