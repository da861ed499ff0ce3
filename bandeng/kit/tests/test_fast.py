"""What is written in Python says what Django's and django-tables2's templates say."""

import re
from uuid import uuid4

import django_tables2
import pytest
from django import forms
from django.forms import Select
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.urls import reverse
from django.utils.safestring import mark_safe

from bandeng.kit import fast
from bandeng.kit.addresses import address

CHOICES = [
    ("", "---"),
    (1, "a < b & \"c\" 'd'"),
    ("group <1>", [("x&y", mark_safe("<b>bold</b>")), ("z", 1234567)]),
]


def _bare(html):
    return re.sub(r"\s*\n\s*", "", str(html))


@pytest.mark.parametrize("value", ["", 1, "x&y", None])
def test_a_selects_options(value):
    select = Select(choices=CHOICES, attrs={"required": True, "disabled": False, "id": 'a"b'})
    theirs = select.render("name", value, renderer=DjangoTemplates())
    assert _bare(select.render("name", value)) == _bare(theirs)


class Everything(forms.Form):
    word = forms.CharField(label="<word>", max_length=9, widget=forms.TextInput({"list": 'a"b'}))
    number = forms.IntegerField(min_value=-1, initial=1_234_567)
    day = forms.DateField(required=False)
    text = forms.CharField(widget=forms.Textarea, initial="</textarea>\n<b>")
    yes = forms.BooleanField()
    secret = forms.CharField(widget=forms.HiddenInput, initial="&")


@pytest.mark.parametrize("data", [None, {"word": "<&>", "number": "12x", "yes": "on", "text": ""}])
def test_a_forms_inputs(data):
    ours, theirs = Everything(data), Everything(data, renderer=DjangoTemplates())
    for name in Everything.base_fields:
        assert _bare(ours[name].as_widget()) == _bare(theirs[name].as_widget())


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_buttons_and_boxes_stand_beside_their_words(widget):
    shown = _bare(widget(choices=CHOICES).render("name", ["x&y"], {"id": "one"}))
    assert '<p class="group-label">group &lt;1&gt;</p>' in shown
    assert 'value="x&amp;y"' in shown
    assert shown.count("<label for=") == shown.count('<div class="option"><input ') == 4
    assert shown.count(" checked") == 1


def test_an_address_is_what_django_reverses():
    for name, word in (
        ("people:person", 7),
        ("cases:detail", "20240301-1"),
        ("stories:front", None),
    ):
        theirs = reverse(name) if word is None else reverse(name, args=[word])
        assert address(name, word) == address(name, word) == theirs
    place = uuid4()
    assert address("cases:report", place) == reverse("cases:report", args=[place])


class Rows(django_tables2.Table):
    name = django_tables2.Column(verbose_name="the <name>", linkify=lambda value: f"/?a&b={value}")
    count = django_tables2.Column(attrs={"td": {"class": "num"}})
    raw = django_tables2.Column(localize=False)
    shown = django_tables2.Column(localize=True)
    record = django_tables2.Column(accessor="count", empty_values=())
    odd = django_tables2.Column(attrs={"td": {"data-odd": lambda record: record["count"] % 2}})

    def render_record(self, record, table, **rest):
        return f"{record['count']} of {type(table).__name__}, {sorted(rest)}"


THEIRS = Template(
    "{% load l10n %}{% for row in table.paginated_rows %}<tr>"
    '{% for column, cell in row.items %}<td data-label="{{ column.header }}" '
    "{{ column.attrs.td.as_html }}>{% if column.localize == None %}{{ cell }}"
    "{% elif column.localize %}{{ cell|localize }}{% else %}{{ cell|unlocalize }}{% endif %}</td>"
    "{% endfor %}</tr>{% endfor %}"
)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_tables_rows(settings, language):
    settings.LANGUAGE_CODE = language
    row = {"name": "<script>", "count": 1, "raw": 1234.5, "shown": 1234.5, "odd": None}
    table = Rows([row, row | {"count": 1_234_567, "name": mark_safe("<b>x</b>"), "odd": "&"}])
    assert _bare(fast.rows(table=table)) == _bare(THEIRS.render(Context({"table": table})))


def test_an_empty_table_has_no_rows():
    assert fast.rows(table=Rows([])) == ""
