"""Runs inside the peer's environment: django-helpdesk as it is shipped, filled and measured.

Reads its orders as JSON from stdin and writes the costs as JSON.
"""

import json
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import django
from django.conf import settings

from bench.parts.requests import Cost, measure

TICKETS = """
INSERT INTO helpdesk_ticket (id, title, queue_id, created, modified, submitter_email,
    assigned_to_id, status, on_hold, description, resolution, priority, secret_key)
SELECT n, format('第%%s-%%s小区%%s栋：楼道照明', 11 + n %% 20, n %% 3, 1 + n %% 7),
    1 + n %% 20, now() - n * interval '26 minutes', now() - n * interval '20 minutes',
    'someone@example.org', NULL, CASE WHEN n %% 33 = 0 THEN 1 ELSE 4 END, false, %(text)s,
    %(text)s, 3, md5(n::text)
FROM generate_series(1, %(tickets)s) n
"""
FOLLOWUPS = """
INSERT INTO helpdesk_followup (ticket_id, date, title, comment, public, user_id)
SELECT n, now() - n * interval '26 minutes' + m * interval '1 minute', '更新', %(text)s,
    m %% 2 = 0, 1
FROM generate_series(1, %(tickets)s) n, generate_series(1, %(entries)s) m
"""
TEXT = "已联系物业公司，约定周三上午到场查看，处理后电话告知反映人。"
HOST = {"SERVER_NAME": "localhost", "HTTP_ACCEPT_LANGUAGE": "zh-CN"}


def configure(*, asked: dict[str, Any]) -> None:
    """Set it up as its manual says, production-like: no debug, cached templates."""
    settings.configure(
        DEBUG=False,
        SECRET_KEY="benchmark",  # noqa: S106
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF="bench.parts.helpdesk_urls",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql", "HOST": asked["host"],
                "USER": asked["user"], "PASSWORD": asked["password"], "NAME": asked["database"],
                "CONN_MAX_AGE": None,
            }
        },
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.sites", "django.contrib.messages", "django.contrib.staticfiles",
            "django.contrib.admin", "django.contrib.humanize", "rest_framework",
            "django_cleanup.apps.CleanupConfig", "helpdesk.apps.HelpdeskConfig",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.template.context_processors.i18n",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        SITE_ID=1, STATIC_URL="/static/", MEDIA_ROOT=f"{asked['state']}/helpdesk-media",
        LANGUAGE_CODE="zh-hans", TIME_ZONE="Asia/Shanghai", USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        LOGGING_CONFIG=None, HELPDESK_TEAMS_MODE_ENABLED=False,
    )  # fmt: skip
    django.setup()


def load(*, asked: dict[str, Any]) -> None:
    """Make queues and a member of staff, then the tickets and their stories."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection
    from helpdesk.models import Queue

    call_command("migrate", verbosity=0)
    people = get_user_model().objects
    people.create_superuser("erin", "erin@example.org", None)
    people.create_user("alice", "alice@example.org", None)
    for n in range(1, 21):
        Queue.objects.create(
            title=f"第{n}社区", slug=f"q{n}", allow_public_submission=True, email_address=""
        )
    with connection.cursor() as cursor:
        cursor.execute(TICKETS, {"tickets": asked["tickets"], "text": TEXT})
        cursor.execute(FOLLOWUPS, asked | {"text": TEXT})
        for table in ("helpdesk_ticket", "helpdesk_followup"):
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            cursor.execute(f"SELECT setval({sequence}, max(id)) FROM {table}")
        cursor.execute("VACUUM ANALYZE")


def pages(*, tickets: int) -> dict[str, Callable[[int], list[str]]]:
    """Give the addresses that a person's browser asks for each page.

    The list's rows come by a second request, which its own page sends.
    """

    def rows(**params: Any) -> str:
        said = {"filtering": {}, "filtering_null": {}, "sorting": "created", "sortreverse": False}
        query = json.dumps(said | {"search_string": ""} | params)
        return f"/datatables_ticket_list/{b64encode(query.encode()).decode()}?length=25&start=0"

    filtered = {"queue__id__in": [3], "status__in": [4]}
    found = "第12-1小区"
    return {
        "list": lambda turn: ["/tickets/", rows(filtering={"status__in": [1, 2]})],
        "filter": lambda turn: ["/tickets/?queue=3&status=4", rows(filtering=filtered)],
        "search": lambda turn: [f"/tickets/?q={found}&sort=created", rows(search_string=found)],
        "case": lambda turn: [f"/tickets/{1 + (turn * 97) % tickets}/"],
    }


def main() -> None:
    """Do what stdin asks."""
    asked = json.loads(sys.stdin.read())
    configure(asked=asked)
    load(asked=asked)
    from django.contrib.auth import get_user_model
    from django.test import Client

    def client(name: str) -> Client:
        one = Client(**HOST)
        one.force_login(get_user_model().objects.get(username=name))
        return one

    staff, resident = client("erin"), client("alice")

    def cost(ask: Callable[[int], int]) -> dict[str, Any]:
        measured: Cost = measure(ask=ask, times=asked["times"], postmaster=asked["postmaster"])
        return asdict(measured)

    def read(addresses: Callable[[int], list[str]]) -> Callable[[int], int]:
        def ask(turn: int) -> int:
            answers = [staff.get(address) for address in addresses(turn)]
            if any(answer.status_code != 200 for answer in answers):
                raise AssertionError([(a.status_code, a.request["PATH_INFO"]) for a in answers])
            return sum(len(answer.content) for answer in answers)

        return ask

    def report(turn: int) -> int:
        words = {
            "queue": "3", "title": "楼道照明", "body": "三楼的灯坏了一周", "priority": "3",
            "submitter_email": "alice@example.org",
        }  # fmt: skip
        answer = resident.post("/tickets/submit/", words)
        if answer.status_code != 302:
            raise AssertionError(answer.content.decode())
        return 1

    told = {
        name: cost(read(addresses)) for name, addresses in pages(tickets=asked["tickets"]).items()
    }
    told["report"] = cost(report)
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
