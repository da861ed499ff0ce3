"""What people enter about places."""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bandeng.places.models import AliasKind, Area, AreaSource, HomeCondition, ManagementStatus
from bandeng.places.parameters import UPLOAD_LARGEST
from bandeng.places.rules.calendar import Exceptional

DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?[\s,，]+(\S+)[\s,，]*(.*)")
WORKS = {"上班": True, "works": True, "休息": False, "放假": False, "off": False}


def _day(label):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, initial=localdate, widget=widget)


class NewArea(forms.Form):
    """A new area."""

    code = forms.RegexField(
        r"^[0-9]{12}$",
        label=gettext_lazy("code"),
        help_text=gettext_lazy("12 digits: 6 county, 3 subdistrict, 3 community"),
        error_messages={"invalid": gettext_lazy("A code has exactly 12 digits.")},
    )
    name = forms.CharField(label=gettext_lazy("name"), max_length=60)
    since_on = _day(gettext_lazy("since when"))


class Rename(forms.Form):
    """An area's new name."""

    name = forms.CharField(label=gettext_lazy("new name"), max_length=60)
    since_on = _day(gettext_lazy("since when"))


class Estate(forms.Form):
    """A new estate, or its corrected record."""

    name = forms.CharField(label=gettext_lazy("name"), max_length=60)
    address = forms.CharField(label=gettext_lazy("address"), max_length=120, required=False)
    area = forms.ModelChoiceField(Area.objects.none(), label=gettext_lazy("community"))

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


class Building(forms.Form):
    """A new building."""

    number = forms.CharField(
        label=gettext_lazy("building"),
        max_length=20,
        help_text=gettext_lazy("as on the wall, without 栋: 3"),
    )


class Alias(forms.Form):
    """Another number of a building."""

    kind = forms.ChoiceField(label=gettext_lazy("whose number"), choices=AliasKind.choices)
    number = forms.CharField(label=gettext_lazy("number"), max_length=20)


class Management(forms.Form):
    """Who looks after a building."""

    status = forms.ChoiceField(
        label=gettext_lazy("who looks after it"), choices=ManagementStatus.choices
    )
    company_name = forms.CharField(
        label=gettext_lazy("name of the company"), max_length=60, required=False
    )
    since_on = _day(gettext_lazy("since when"))


class Home(forms.Form):
    """A home's floor and area."""

    floor = forms.IntegerField(
        label=gettext_lazy("floor"), required=False, min_value=-20, max_value=200
    )
    floor_area = forms.DecimalField(
        label=gettext_lazy("floor area in m²"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=7,
        decimal_places=2,
    )
    area_source = forms.ChoiceField(
        label=gettext_lazy("which document says so"), choices=AreaSource.choices
    )

    def clean_floor_area(self):
        """Give 0.01 m²."""
        area = self.cleaned_data["floor_area"]
        return None if area is None else int(area * 100)


class State(forms.Form):
    """Something that is true of a home."""

    condition = forms.ChoiceField(label=gettext_lazy("state"), choices=HomeCondition.choices)
    since_on = _day(gettext_lazy("since when"))
    source = forms.CharField(
        label=gettext_lazy("who or what says so"),
        max_length=120,
        help_text=gettext_lazy("a document and its number, for instance"),
    )


class EndState(forms.Form):
    """The end of a state."""

    until_on = _day(gettext_lazy("first day on which it is no longer true"))


class Year(forms.Form):
    """A year's working days, from the published notice."""

    source = forms.CharField(
        label=gettext_lazy("source"),
        max_length=200,
        help_text=gettext_lazy("the State Council's notice with its number"),
    )
    days = forms.CharField(
        label=gettext_lazy("days that are not as their weekdays say"),
        widget=forms.Textarea(attrs={"rows": 16}),
        required=False,
        help_text=gettext_lazy("one a line: 2027-01-01 放假 元旦, or 2027-01-03 上班 元旦调休"),
    )

    def clean_days(self):
        """Read the lines. Returns: {day: Exceptional}."""
        lines = [line.strip() for line in self.cleaned_data["days"].splitlines() if line.strip()]
        return dict(self._read(line) for line in lines)

    def _read(self, line: str) -> tuple[date, Exceptional]:
        found = DAY.fullmatch(line)
        works = WORKS.get(found[4]) if found else None
        try:
            if found and works is not None:
                day = date(int(found[1]), int(found[2]), int(found[3]))
                return day, Exceptional(works, found[5][:60])
        except ValueError:
            pass
        sentence = _(
            "“%(line)s” is not understood. Write a day, off or works, and a name: 2027-01-01 off "
            "New Year."
        )
        raise ValidationError(sentence, params={"line": Truncator(line).chars(40)})


class Day(forms.Form):
    """One day of the calendar."""

    day = _day(gettext_lazy("day"))
    works = forms.ChoiceField(
        label=gettext_lazy("what it is"),
        choices=[
            ("off", gettext_lazy("a day off")),
            ("works", gettext_lazy("a working day")),
            ("", gettext_lazy("as its weekday says")),
        ],
        required=False,
    )
    name = forms.CharField(label=gettext_lazy("name"), max_length=60, required=False)

    def clean_works(self):
        """Give True, False or None."""
        return {"off": False, "works": True}.get(self.cleaned_data["works"])


class Upload(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label=gettext_lazy("roster file"),
        help_text=gettext_lazy("Excel (.xlsx, .xls) or CSV, up to 10 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )

    def clean_file(self):
        """Refuse what is far too large."""
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_LARGEST:
            raise ValidationError(_("This file is larger than 10 MB."))
        return file
