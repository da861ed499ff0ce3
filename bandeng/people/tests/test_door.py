"""Coming in: by password, by code, for the first time; and being kept out."""

import base64
import re
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bandeng.kit.context import ELDER_COOKIE
from bandeng.people import parameters
from bandeng.people.actions import change_password, enrol_person, lock_person, set_preferences
from bandeng.people.models import Attempt, Person
from bandeng.post.channels import Trouble
from bandeng.post.models import Channel
from bandeng.post.reads import address_of
from bandeng.post.tests.adapters import Kept
from bandeng.post.tests.test_mail import Mailbox
from bandeng.trail.models import Entry
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
BY_PASSWORD, BY_CODE = reverse("account_login"), reverse("account_request_login_code")
ENTER, SIGN_UP = reverse("account_confirm_login_code"), reverse("account_signup")
SIGN_UP_CODE, ACCOUNT = reverse("people:sign-up-code"), reverse("people:account")
INSIDE = reverse(settings.LOGIN_REDIRECT_URL)
SECRET = "乌云散去终见青天"
ALICE, NOBODY = "138 0000 0001", "138 0000 0055"


@pytest.fixture(autouse=True)
def _new_day(settings):
    cache.clear()
    settings.BANDENG_SMS = "bandeng.post.tests.adapters.Kept"
    Kept.letters, Kept.raises = [], None


@pytest.fixture
def alice(people):
    return change_password(person=people["Alice"], password=SECRET, by=HOUSE, at=NOW)


def sent():
    """Read the code from the text message that went out last."""
    return re.findall(r"[0-9]{6}", Kept.letters[-1].body)[-1] if Kept.letters else None


def who(client):
    page = client.get(ACCOUNT)
    return page.context["person"] if page.status_code == 200 else None


def sign_in(client, phone=ALICE, password=SECRET):
    return client.post(BY_PASSWORD, {"login": phone, "password": password})


@pytest.mark.parametrize("typed", [ALICE, "+8613800000001", "１３８－００００－０００１"])
def test_by_phone_and_password(client, alice, typed):
    assert sign_in(client, typed).url == INSIDE
    assert who(client) == alice
    assert Entry.objects.filter(thread=alice.thread, verb="person.signed_in").exists()


def test_by_a_code(client, people):
    answer = client.post(BY_CODE, {"phone": ALICE})
    assert answer.url == ENTER
    assert 'autocomplete="one-time-code"' in client.get(ENTER).content.decode()
    client.post(ENTER, {"code": sent(), "action": "verify"})
    assert who(client) == people["Alice"]


def test_known_and_unknown_numbers_get_the_same_answers(client, alice):
    pages = []
    for phone in (ALICE, NOBODY):
        client.cookies.clear()
        Kept.letters.clear()
        first = client.post(BY_CODE, {"phone": phone})
        page = client.get(ENTER).content.decode()
        pages.append(
            (first.status_code, first.url, re.sub(r"138\*{4}\d+|value=\"\w{64}\"", "", page))
        )
        assert (sent() is not None) == (phone == ALICE)
    assert pages[0] == pages[1]
    client.cookies.clear()
    wrong = [
        re.findall(
            r'<div class="error-summary.*?</div>',
            sign_in(client, phone, "x").content.decode(),
            re.S,
        )
        for phone in (ALICE, NOBODY)
    ]
    assert wrong[0] == wrong[1] != []


def test_a_wrong_code_three_times_is_over(client, people):
    client.post(BY_CODE, {"phone": ALICE})
    right = sent()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(3):
        client.post(ENTER, {"code": wrong, "action": "verify"})
    client.post(ENTER, {"code": right, "action": "verify"})
    assert who(client) is None
    assert Attempt.objects.filter(kind="failed").count() == 3


def test_the_door_locks_after_repeated_failures_and_opens_again(client, alice):
    for _ in range(parameters.LOCK_AFTER_FAILURES):
        assert sign_in(client, password="wrong").status_code == 200
    assert sign_in(client).status_code == 200
    assert who(client) is None
    later = timezone.now() - parameters.LOCK_WINDOW - timedelta(seconds=1)
    move(later)
    assert sign_in(client).url == INSIDE


def move(at):
    """Let every attempt lie in the past (the app may add and delete them, never change)."""
    kept = list(Attempt.objects.all())
    Attempt.objects.all().delete()
    for attempt in kept:
        attempt.pk, attempt.at = None, at
        attempt.save()


def test_a_stranger_s_number_is_not_locked_by_another_s_failures(client, alice):
    for _ in range(parameters.LOCK_AFTER_FAILURES):
        sign_in(client, phone="138 0000 0002", password="wrong")
    assert sign_in(client).url == INSIDE


def test_a_number_is_not_flooded_with_codes(client, people):
    for _ in range(parameters.CODES_PER_NUMBER + 2):
        client.cookies.clear()
        cache.clear()
        client.post(BY_CODE, {"phone": ALICE})
    assert len(Kept.letters) == parameters.CODES_PER_NUMBER


def test_a_failure_is_logged_without_the_number(client, alice, caplog):
    sign_in(client, password="wrong")
    (line,) = [r.getMessage() for r in caplog.records if r.name == "bandeng.sign_in"]
    assert "failed" in line
    assert "13800000001" not in line
    assert "Alice" not in line


def test_signing_up_opens_an_account_when_the_code_comes_back(client, world):
    given = {"name": " 赵 钱 ", "phone": NOBODY, "password": SECRET, "agreed": "on"}
    assert client.post(SIGN_UP, given).url == SIGN_UP_CODE
    assert not Person.objects.by_phone("+8613800000055").exists()
    client.post(SIGN_UP_CODE, {"code": sent()})
    new = who(client)
    assert (new.name, new.phone, new.language) == ("赵钱", "+8613800000055", "zh-hans")
    assert new.consents.get().text.purpose == "account"
    client.logout()
    assert sign_in(client, NOBODY).url == INSIDE


def test_signing_up_needs_consent(client, world):
    page = client.post(SIGN_UP, {"name": "赵钱", "phone": NOBODY})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"agreed"}


def test_signing_up_with_a_known_number_lets_its_holder_in(client, people):
    client.post(SIGN_UP, {"name": "另一个人", "phone": ALICE, "agreed": "on"})
    client.post(SIGN_UP_CODE, {"code": sent()})
    assert who(client) == people["Alice"]
    assert who(client).name == "Alice"


@pytest.mark.parametrize(("name", "is_them"), [("孙李", True), ("别人", False)])
def test_whom_the_office_knows_by_name_and_number_finds_their_record(client, world, name, is_them):
    known = enrol_person(name="孙李", phone="+8613800000055", by=HOUSE, at=NOW)
    client.post(SIGN_UP, {"name": name, "phone": NOBODY, "agreed": "on"})
    client.post(SIGN_UP_CODE, {"code": sent()})
    assert (who(client) == known) is is_them


def test_a_wrong_code_opens_nothing(client, world):
    client.post(SIGN_UP, {"name": "赵钱", "phone": NOBODY, "agreed": "on"})
    right = sent()
    for code in ["x", "", "12", "12"]:
        client.post(SIGN_UP_CODE, {"code": code})
    client.post(SIGN_UP_CODE, {"code": right})
    assert not Person.objects.by_phone("+8613800000055").exists()


def test_a_locked_account_is_as_unknown(client, alice):
    lock_person(person=alice, reason="", by=HOUSE, at=NOW)
    assert sign_in(client).status_code == 200
    client.post(BY_CODE, {"phone": ALICE})
    assert sent() is None


def test_changing_the_password_ends_every_other_session(client, alice, client_elsewhere):
    sign_in(client)
    sign_in(client_elsewhere)
    new = {"old": SECRET, "new": SECRET + "了", "again": SECRET + "了"}
    assert client.post(reverse("people:password"), new).url == ACCOUNT
    assert who(client) == alice
    assert who(client_elsewhere) is None


@pytest.fixture
def client_elsewhere():
    return Client()


@pytest.mark.parametrize(
    "given",
    [
        {"old": "wrong", "new": SECRET + "了", "again": SECRET + "了"},
        {"old": SECRET, "new": "12345678", "again": "12345678"},
        {"old": SECRET, "new": SECRET + "了", "again": SECRET},
    ],
)
def test_a_password_is_not_changed_so_easily(client, alice, given):
    sign_in(client)
    assert client.post(reverse("people:password"), given).status_code == 200
    alice.refresh_from_db()
    assert alice.check_password(SECRET)


def test_a_forgotten_password_is_replaced_after_a_code(client, alice):
    client.post(BY_CODE, {"phone": ALICE})
    client.post(ENTER, {"code": sent(), "action": "verify"})
    client.post(reverse("people:password"), {"new": SECRET + "了", "again": SECRET + "了"})
    client.logout()
    assert sign_in(client, password=SECRET + "了").url == INSIDE


def test_another_number_is_proved_first(client, people):
    client.force_login(people["Alice"])
    client.post(reverse("people:phone"), {"phone": NOBODY})
    assert who(client).phone == "+8613800000001"
    client.post(reverse("people:phone-code"), {"code": sent()})
    assert who(client).phone == "+8613800000055"


def test_somebody_else_s_number_cannot_be_taken(client, people):
    client.force_login(people["Alice"])
    client.post(reverse("people:phone"), {"phone": "138 0000 0002"})
    client.post(reverse("people:phone-code"), {"code": sent()})
    assert who(client).phone == "+8613800000001"


def test_a_session_ends_with_the_working_day_or_after_two_weeks(client, alice, people):
    sign_in(client)
    assert client.session.get_expiry_age() > parameters.STAFF_SESSION.total_seconds()
    change_password(person=people["Bob"], password=SECRET, by=HOUSE, at=NOW)
    client.logout()
    sign_in(client, "138 0000 0002")
    assert client.session.get_expiry_age() <= parameters.STAFF_SESSION.total_seconds()


def test_what_lies_in_the_session_cannot_be_read_in_the_database(client, world):
    client.post(SIGN_UP, {"name": "赵钱", "phone": NOBODY, "agreed": "on"})
    (session,) = Session.objects.all()
    assert "13800000055" in str(session.get_decoded())
    raw = session.session_data.split(":")[0].lstrip(".")
    assert b"13800000055" not in base64.urlsafe_b64decode(raw + "==")


def test_the_account_s_language_and_print_size_come_along(client, alice):
    set_preferences(person=alice, language="en", elder_mode=True, by=HOUSE, at=NOW)
    answer = sign_in(client)
    assert answer.cookies[ELDER_COOKIE].value == "1"
    assert client.get(ACCOUNT).headers["Content-Language"] == "en"


@pytest.fixture
def letters(settings):
    """What arrives at a mail server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=port)
    controller.start()
    settings.BANDENG_SMTP_URL = f"smtp://127.0.0.1:{port}"
    settings.BANDENG_MAIL_FROM = "bandeng@example.org"
    yield controller.handler.letters
    controller.stop()


def test_an_e_mail_address_is_proved_before_anything_is_sent_there(client, people, letters):
    alice = people["Alice"]
    client.force_login(alice)
    client.post(reverse("people:email"), {"address": "alice@example.org"})
    assert address_of(owner=alice.token, channel=Channel.EMAIL) == ""
    (letter,) = letters
    assert letter["To"] == "alice@example.org"
    code = re.findall("[0-9]{6}", letter.get_content())[-1]
    client.post(reverse("people:email-code"), {"code": code})
    assert address_of(owner=alice.token, channel=Channel.EMAIL) == "alice@example.org"
    assert "a***@example.org" in client.get(ACCOUNT).content.decode()
    client.post(reverse("people:email"), {"address": ""})
    assert address_of(owner=alice.token, channel=Channel.EMAIL) == ""


def test_where_no_text_message_can_be_sent_every_number_is_told_so(client, people, settings):
    settings.BANDENG_SMS = ""
    for address, given in (
        (BY_CODE, {"phone": ALICE}),
        (BY_CODE, {"phone": NOBODY}),
        (SIGN_UP, {"name": "赵钱", "phone": NOBODY, "agreed": "on"}),
    ):
        client.cookies.clear()
        assert "暂不能发送短信" in client.post(address, given).content.decode()


def test_when_the_channel_fails_one_may_try_again(client, world):
    Kept.raises = Trouble("busy")
    page = client.post(SIGN_UP, {"name": "赵钱", "phone": NOBODY, "agreed": "on"})
    assert "一分钟后再试" in page.content.decode()
    Kept.raises = None
    client.post(SIGN_UP, {"name": "赵钱", "phone": NOBODY, "agreed": "on"})
    client.post(SIGN_UP_CODE, {"code": sent()})
    assert who(client).name == "赵钱"
