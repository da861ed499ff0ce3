"""A list page: filter, sort, turn pages, take it away; whole, or only the table for htmx."""

from datetime import UTC, datetime

import django_filters
import django_tables2
import pytest
from django.contrib.sessions.models import Session
from django.urls import include, path

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
