"""The physical limit: a bare Django view with the same queries and the same bytes.

Django's own default middleware, a signed-in session, the statements that our page asked,
rows that become model instances, and a plain template in which every piece of text is a
variable. No permissions, no forms, no tables, no kit, and no query is put together: what is
left is Django itself and the database.
"""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Engine, Template
from django.urls import path

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]  # as `django-admin startproject` writes them
TEXT = re.compile(r">([^<>]*[^<>\s][^<>]*)<")
COLUMN = re.compile(r'"(\w+)"\."(\w+)"')
SIGNED_IN = ('FROM "django_session"', 'FROM "people_person"')  # asked by the middleware, once
Statement = tuple[str, Any]


class Recorder:
    """Keeps every statement that is executed, but for those that open and end transactions."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SET TRANSACTION", "SAVEPOINT", "RELEASE", "SET CONSTRAINTS")):
            self.statements.append((sql, params))
        return execute(sql, params, many, context)


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Record what is asked inside."""
    recorder = Recorder()
    with connection.execute_wrapper(recorder):
        yield recorder.statements


def template_of(*, page: str) -> tuple[Template, list[str]]:
    """Make the page a template in which each piece of text is a variable.

    Returns: the template, and the texts.
    """
    texts: list[str] = []

    def variable(found: re.Match[str]) -> str:
        texts.append(html.unescape(found[1]))
        return f">{{{{ t.{len(texts) - 1} }}}}<"

    source = TEXT.sub(variable, page)
    return Engine().from_string(source), texts


def page_view(*, page: str, statements: list[Statement]) -> Callable[..., HttpResponse]:
    """Give a view that asks the same and says the same."""
    template, texts = template_of(page=page)
    asked = _of_the_view(statements=statements)

    @login_required
    def view(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            for sql, params in asked:
                _ask(cursor=cursor, sql=sql, params=params)
        return HttpResponse(template.render(Context({"t": texts})))

    return view


def writing_view(
    *, statements: list[Statement], new: Callable[[], list[models.Model]], changed: str
) -> Callable[..., HttpResponse]:
    """Give a view that asks the same and writes rows like ours, as often as ours.

    `new` gives the rows of one turn in the order of their foreign keys; each UPDATE of ours
    is one of the first of them that has the field `changed`.
    """
    asked = _of_the_view(statements=statements)
    asked = [(sql, params) for sql, params in asked if not sql.startswith(("INSERT", "UPDATE"))]
    updates = sum(sql.startswith("UPDATE") for sql, _params in statements)

    @login_required
    def view(request: HttpRequest) -> HttpResponse:
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, params in asked:
                _ask(cursor=cursor, sql=sql, params=params)
            rows = new()
            for row in rows:
                _know_the_keys(row=row)
                row.save(force_insert=True)
            main = next(row for row in rows if hasattr(row, changed))
            for _each in range(updates):
                main.save(update_fields=[changed])
        return HttpResponseRedirect("/")

    return view


@cache
def _columns(sql: str) -> list[tuple[type[models.Model], list[str], int]]:
    """Say which columns of a SELECT are whole rows of a model: model, fields, first column."""
    tables = {model._meta.db_table: model for model in apps.get_models()}
    selected = COLUMN.findall(sql.split(" FROM ", 1)[0])
    groups = []
    for table, columns in groupby(enumerate(selected), key=lambda numbered: numbered[1][0]):
        numbered = list(columns)
        model = tables.get(table)
        fields = [field.column for field in model._meta.concrete_fields] if model else []
        if model and [column for _n, (_table, column) in numbered] == fields:
            names = [field.attname for field in model._meta.concrete_fields]
            groups.append((model, names, numbered[0][0]))
    return groups


def _ask(*, cursor: Any, sql: str, params: Any) -> list[list[models.Model]]:
    """Ask, and make model instances of what can be one, as the ORM does."""
    cursor.execute(sql, params)
    return [
        [
            model.from_db("default", names, _read(model, row[first : first + len(names)]))
            for model, names, first in _columns(sql)
        ]
        for row in cursor.fetchall()
    ]


def _read(model: type[models.Model], values: Any) -> list[Any]:
    """Let each field read its value from the database's."""
    return [
        field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(model._meta.concrete_fields, values, strict=True)
    ]


def _know_the_keys(*, row: models.Model) -> None:
    """Take over the key of a row that was written a moment ago."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(row):
            setattr(row, field.name, field.get_cached_value(row))


def _of_the_view(*, statements: list[Statement]) -> list[Statement]:
    """Leave out who is signed in: the bare stack asks that itself."""
    left = list(statements)
    for mark in SIGNED_IN:
        left.remove(next(statement for statement in left if mark in statement[0]))
    return left


class Urls:
    """The URL configuration of the bare views: Django asks it for `urlpatterns`."""

    def __init__(self, **views: Callable[..., HttpResponse]) -> None:
        self.urlpatterns = [path(f"{name}/", view, name=name) for name, view in views.items()]
