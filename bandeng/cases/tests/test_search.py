"""Words in Chinese are found wherever they stand, of one character and more."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bandeng.cases.models import Case
from bandeng.kit.search import asked, holding

pytestmark = pytest.mark.django_db

HAN = st.text("路灯小区坏了栋噪音", min_size=1, max_size=4)
TEXT = st.text("路灯小区坏了栋噪音aB12 ，-%'", max_size=20)


def is_offered(text, word):
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_pieces(%s) @@ %s::tsquery", [text, asked(word=word)])
        return cursor.fetchone()[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(before=TEXT, word=HAN, tail=TEXT, after=TEXT)
def test_the_index_offers_every_text_that_holds_the_word(before, word, tail, after):
    assert is_offered(before + word + after, word)
    assert is_offered(before + word + tail + after, word + tail)


@pytest.mark.parametrize(
    ("word", "query"),
    [
        ("路灯", "'路灯'"),
        ("路", "'路':*"),
        ("高压线", "'高压' & '压线'"),
        ("Wifi", "'wifi':*"),
        ("A5区", "'区':*"),
        ("3栋2单元", "'栋':* & '2':* & '单元'"),
        ("，。%", ""),
    ],
)
def test_what_the_index_is_asked(word, query):
    assert asked(word=word) == query


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("路灯", True), ("灯", True), ("栋", True), ("路灯 3栋", True), ("wifi", True), ("坏%", False),
        ("灯路", False), ("路灯 电梯", False), ("%", False), ("'", False), ("门口", True),
    ],
)  # fmt: skip
def test_the_list_keeps_what_holds_every_word(world, words, finds):
    Case.objects.filter(pk=world.case.pk).update(title="小区3栋路灯坏了，WiFi杆旁·大门口")
    found = Case.objects.filter(
        holding(function="cases_pieces", columns=("title", "place"), words=words)
    )
    assert found.exists() is finds


def test_the_index_is_used(world):
    rows = Case.objects.filter(
        holding(function="cases_pieces", columns=("title", "place"), words="路灯")
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "case_pieces" in rows.explain()
