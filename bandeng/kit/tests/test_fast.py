"""What is written in Python says what Django's and django-tables2's templates say."""

import re

import django_tables2
import pytest
from django.forms import Select
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.utils.safestring import mark_safe

from bandeng.kit import fast

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
