"""A wrong entry is told as our house says it, not in Django's Chinese."""

import pytest
from django import forms
from django.utils.translation import override


class Entry(forms.Form):
    name = forms.CharField(max_length=3)
    on = forms.DateField()
    which = forms.ChoiceField(choices=[("a", "A")])


@pytest.mark.parametrize(
    ("field", "said", "told"),
    [
        ("name", "", "请填写这一项。"),
        ("name", "一二三四", "最多 3 个字，现在有 4 个字。"),
        ("on", "2024-13-45", "请填写日期，例如 2024-09-01。"),
        ("which", "b", "请从列出的选项中选择，没有“b”。"),
    ],
)
def test_a_wrong_entry_is_told_in_our_words(field, said, told):
    with override("zh-hans"):
        assert Entry({field: said}).errors[field] == [told]
