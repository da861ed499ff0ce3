"""A list page: filter, sort, turn pages, take it away; whole, or only the table for htmx."""

from datetime import UTC, datetime

import django_filters
import django_tables2
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from bandeng.kit import paging
from bandeng.kit.views import ListPage

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
HTMX = {"HX-Request": "true"}


class Rows(django_tables2.Table):
    class Meta:
        model = Session
        fields = ("session_key", "expire_date")


class Narrow(django_filters.FilterSet):
    session_key = django_filters.CharFilter(lookup_expr="startswith", label="Key")

    class Meta:
        model = Session
        fields = ("session_key",)


class SessionList(ListPage):
    title = "Sessions"
    table_class = Rows
    filterset_class = Narrow

    def get_queryset(self):
        return Session.objects.filter(session_key__contains="row").order_by("pk")


urlpatterns = [path("list/", SessionList.as_view()), path("", include("config.urls"))]


@pytest.fixture
def bob(client, people):
    Session.objects.bulk_create(
        Session(session_key=f"{'ab'[n % 2]}-row-{n:02}", session_data="", expire_date=datetime(2024, 1, 1, tzinfo=UTC))
        for n in range(60)
    )  # fmt: skip
    client.force_login(people["Bob"])
    return client


def test_it_shows_a_page_of_rows_and_the_way_to_the_next(bob):
    page = bob.get("/list/").content.decode()
    assert page.count('data-label="Session key"') + page.count("<td data-label") >= 25
    assert 'rel="next"' in page
    assert "共 60 条" in page


def test_it_is_filtered_and_sorted_by_its_address_alone(bob):
    page = bob.get("/list/?session_key=a-&sort=-session_key").content.decode()
    assert "共 30 条" in page
    assert page.index("a-row-58") < page.index("a-row-56")
    assert 'aria-sort="descending"' in page


def test_htmx_gets_the_table_alone(bob):
    answer = bob.get("/list/?session_key=b-", headers=HTMX)
    page = answer.content.decode()
    assert page.strip().startswith('<div id="table">')
    assert "<html" not in page
    assert "HX-Request" in answer.headers["Vary"]


def test_when_the_session_ended_htmx_leads_the_whole_page_to_the_door(client):
    answer = client.get("/list/", headers=HTMX)
    assert answer.status_code == 200
    assert "/sign-in/" in answer.headers["HX-Redirect"]
    assert "Location" not in answer.headers


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_all_rows_of_the_filter_can_be_taken_away(bob, kind):
    answer = bob.get(f"/list/?session_key=a-&_export={kind}")
    body = b"".join(answer.streaming_content)
    assert "Sessions-20" in answer.headers["Content-Disposition"]
    assert len(body) > 500
    if kind == "csv":
        assert len(body.decode("utf-8-sig").splitlines()) == 31


def test_an_unknown_kind_of_file_is_just_the_page(bob):
    assert b"<html" in bob.get("/list/?_export=exe").content


def test_nonsense_in_the_address_is_no_error(bob):
    assert bob.get("/list/?sort=nothing&session_key=%00").status_code == 200
    assert "row-59" in bob.get("/list/?page=999").content.decode()


def test_a_very_long_list_is_counted_as_far_as_it_takes_and_all_of_it_can_be_reached(
    bob, monkeypatch
):
    monkeypatch.setattr(paging, "CAP", 40)
    first = bob.get("/list/").content.decode()
    assert "超过 50 条" in first  # two pages: the next one can be reached
    assert "共 60 条" in bob.get("/list/?page=2").content.decode()
    last = bob.get("/list/?page=3").content.decode()
    assert last.count("<td data-label") == 2 * 10
    assert 'rel="next"' not in last
    assert bob.get("/list/?page=99").context["table"].page.number == 3
    file = b"".join(bob.get("/list/?_export=csv").streaming_content).decode("utf-8-sig")
    assert len(file.strip().splitlines()) == 1 + 60


def test_rows_are_counted_without_making_the_database_sort_them(bob):
    with CaptureQueriesContext(connection) as asked:
        bob.get("/list/")
    counts = [
        one["sql"] for one in asked if "COUNT(*)" in one["sql"] and "session_key" in one["sql"]
    ]
    assert len(counts) == 1
    assert "ORDER BY" not in counts[0]
    assert "LIMIT 1001" in counts[0]
