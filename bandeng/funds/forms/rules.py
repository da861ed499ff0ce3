"""Rules of approval as they are typed: who supervises in which role, how many must approve."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bandeng.funds.actions import Band, Terms
from bandeng.funds.forms.fields import YuanField
from bandeng.funds.forms.parts import MoneyForm
from bandeng.funds.models import Supervision
from bandeng.funds.reads import known_people
from bandeng.people.models import Person
from bandeng.people.rules.numbers import WrongNumber, phone_number

BANDS = (1, 2, 3)
DIGITS = set("0123456789+- ()")


def _persons(role: Supervision) -> forms.CharField:
    rows = forms.Textarea({"rows": 1})
    return forms.CharField(label=role.label, required=False, max_length=2000, widget=rows)


def _number() -> forms.IntegerField:
    narrow = forms.NumberInput({"min": 0, "max": 9})
    return forms.IntegerField(required=False, min_value=0, max_value=9, widget=narrow)


class Rules(MoneyForm):
    """Supervisors by role, and for each size of order how many of each role must approve."""

    def prepare(self):
        """Ask for every role, and for as many sizes as there may be."""
        self.known = known_people(person=self.person, account=self.subject)
        for role in Supervision:
            self.fields[f"persons_{role.value}"] = _persons(role)
        for n in BANDS:
            label = _("Orders up to … yuan")
            self.fields[f"up_to_{n}"] = YuanField(label=label, required=n == 1)
            for role in Supervision:
                self.fields[f"needs_{n}_{role.value}"] = field = _number()
                field.label = role.label
        self.fields["fee_limit"] = YuanField(
            label=_("Bank fees that need no order, up to … yuan"),
            help_text=_("The bank takes them itself; more than this waits to be explained."),
        )
        self.initial = self._present()

    def seats(self):
        """Give the fields about who supervises."""
        return [self[f"persons_{role.value}"] for role in Supervision]

    def bands(self):
        """Give for each size of order its limit and the fields about how many."""
        return [
            (self[f"up_to_{n}"], [self[f"needs_{n}_{role.value}"] for role in Supervision])
            for n in BANDS
        ]

    def clean(self):
        """Find the people, and put the rules together."""
        given = super().clean()
        self.named = {role: self._find(role, given) for role in Supervision}
        return given

    def told(self) -> dict[str, Any]:
        """Give the rules as the actions take them."""
        data = self.cleaned_data
        bands = [Band(data[f"up_to_{n}"], _needs(n, data)) for n in BANDS if data.get(f"up_to_{n}")]
        supervisors = {role: people for role, people in self.named.items() if people}
        return {"terms": Terms(supervisors, bands, data["fee_limit"])}

    def _find(self, role, given):
        name = f"persons_{role.value}"
        found = []
        for line in (given.get(name) or "").splitlines():
            text = line.strip()
            if not text:
                continue
            try:
                found.append(self._person(text))
            except forms.ValidationError as unknown:
                self.add_error(name, unknown)
        return list(dict.fromkeys(found))

    def _person(self, text):
        said = {"text": text}
        if set(text) <= DIGITS:
            people = list(self.known.filter(pk__in=_by_phone(text))[:2])
        else:
            people = list(self.known.filter(name=text)[:2])
        if not people:
            sentence = _("%(text)s: nobody like this is known here. Take them up first (People).")
            raise forms.ValidationError(sentence, params=said)
        if len(people) > 1:
            sentence = _("%(text)s: several people fit. Please give another phone number or name.")
            raise forms.ValidationError(sentence, params=said)
        return people[0]

    def _present(self) -> dict[str, Any]:
        policy = self.subject.policies.order_by("-version").first()
        if policy is None:
            return {}
        rules, begin = policy.rules, {"fee_limit": policy.rules["fee_limit"]}
        names = {str(p.token): p.name for p in self.known}
        for role, tokens in rules["supervisors"].items():
            begin[f"persons_{role}"] = "\n".join(names.get(token, "") for token in tokens)
        for n, band in enumerate(rules["bands"], start=1):
            begin[f"up_to_{n}"] = band["up_to"]
            begin |= {f"needs_{n}_{role}": count for role, count in band["needs"].items()}
        return begin


def _needs(n: int, data: dict[str, Any]) -> dict[Supervision, int]:
    counts = {role: data.get(f"needs_{n}_{role.value}") or 0 for role in Supervision}
    return {role: count for role, count in counts.items() if count}


def _by_phone(text: str):
    try:
        number = phone_number(text=text, mobile=False)
    except WrongNumber:
        return Person.objects.none().values("pk")
    return Person.objects.by_phone(number).values("pk")
