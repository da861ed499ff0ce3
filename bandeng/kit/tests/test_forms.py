"""A form that was not right says where, and keeps everything."""

import re

from django import forms

from bandeng.kit.forms import Renderer


class Report(forms.Form):
    default_renderer = Renderer
    kind = forms.ChoiceField(
        label="类别", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect
    )
    phone = forms.CharField(label="手机", help_text="不公开", max_length=11)
    floor = forms.IntegerField(label="楼层", required=False)
    open_ = forms.BooleanField(label="公开", required=False)


def _drawn(**data):
    return str(Report(data or None))


def test_only_what_may_be_left_out_is_marked():
    page = _drawn()
    assert re.findall(r"(\w+) <span class=\"optional\"", page) == ["楼层"]


def test_hints_are_read_out_with_their_field():
    page = _drawn()
    assert 'aria-describedby="id_phone_helptext"' in page
    assert 'id="id_phone_helptext">不公开' in page


def test_the_summary_leads_to_each_field_that_is_wrong():
    page = _drawn(phone="<1234567890123>", floor="x")
    links = re.findall(r'<a href="#([^"]+)">', page)
    assert links == ["id_kind_0", "id_phone", "id_floor"]
    for link in links:
        assert f'id="{link}"' in page
    assert 'aria-invalid="true"' in page
    assert "&lt;1234567890123&gt;" in page


def test_each_choice_is_one_large_target():
    assert _drawn().count('<div class="option">') == 3
