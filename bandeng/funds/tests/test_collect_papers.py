"""Notices, statements of account, the lobby's month, the auditor's room, answers: by their pages."""

import io
import re
from datetime import date

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from bandeng.funds import actions
from bandeng.funds.models import Dispute, PaidClaim, Reminder
from bandeng.funds.tests.pages import page, post
from bandeng.funds.tests.world import (
    approved,
    bill,
    billed,
    frozen,
    matched,
    ordered,
    received,
    signed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(world):
    billed(world, bill(world, yuan=1_593))
    matched(world, received(world, 300).lines.get())
    world.place = world.account.receivables.get()
    return world


def printed(client, name, /, *args):
    answer = client.get(reverse(f"funds:{name}", args=args))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return [re.sub(r"\s", "", one.extract_text()) for one in pages]


def file_of(client, asked):
    """Follow a printing to its file, as the relay's printer makes it."""
    call_command("print_papers", "--all")
    answer = client.get(f"{asked.url}file.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return [re.sub(r"\s", "", one.extract_text()) for one in pages]


def test_a_home_prints_its_statement_of_account(sign_in, paid):
    (sheet,) = printed(sign_in("Alice"), "statement_of_account", paid.place.pk)
    for words in (
        "期初0.00＋应缴1,593.00－已缴300.00",
        "1,293.00",
        "壹仟贰佰玖拾叁元整",
        "3-2-1502",
    ):
        assert words in sheet, words
    assert "Alice" not in sheet
    address = reverse("funds:statement_of_account", args=[paid.place.pk])
    assert sign_in("Erin").get(address).status_code == 404


def test_notices_ask_for_what_is_signed_open_and_not_disputed(sign_in, paid):
    mona, account = sign_in("Mona"), paid.account.pk
    assert "1 户有期间的对账单还没签收" in page(mona, "notices", account)
    assert post(mona, "print_notices", account).status_code == 200  # nothing to print
    signed(paid)
    assert "今天可以通知 1 户，合计 1,293.00 元" in page(mona, "notices", account)
    assert post(mona, "print_notices", account, pay_until="soon").status_code == 200
    (notice,) = file_of(mona, post(mona, "print_notices", account, pay_until="2024-10-10"))
    for words in (
        "1,293.00元", "6200000000001", "A****", "其中已缴300.00元", "某物业公司", "2024年10月10日",
        "根据已签收的对账单", "本账户不收现金",
    ):  # fmt: skip
        assert words in notice, words
    actions.claim_paid(receivable=paid.place, text="已交", by=paid.people["Alice"], at=paid.now)
    assert "没有需要通知的住户" in page(mona, "notices", account)


def test_what_homes_say_is_answered_and_decided(sign_in, paid):
    alice = {"by": paid.people["Alice"], "at": paid.now}
    actions.claim_paid(receivable=paid.place, text="九月已转", **alice)
    actions.dispute_due(due=paid.place.dues.get(), reason="未交房", **alice)
    mona = sign_in("Mona")
    waiting = page(mona, "answers", paid.account.pk)
    assert "九月已转" in waiting
    assert "未交房" in waiting
    claim, dispute = PaidClaim.objects.get(), Dispute.objects.get()
    assert post(mona, "answer_claim", claim.pk, answer="").status_code == 200
    assert post(mona, "answer_claim", claim.pk, answer="已入账").status_code == 302
    decided = {"upheld": "yes", "decided_by": "调解委 2024-7"}
    assert post(mona, "decide_dispute", dispute.pk, upheld="yes").status_code == 200
    assert post(mona, "decide_dispute", dispute.pk, **decided).status_code == 302
    assert post(mona, "decide_dispute", dispute.pk, **decided).status_code == 404
    assert page(mona, "answers", paid.account.pk).count("没有待处理的事项") == 2
    assert "调解委 2024-7" in page(sign_in("Alice"), "home", paid.place.pk)


def test_a_notice_that_arrived_needs_its_proof_and_a_day_that_has_come(sign_in, paid):
    signed(paid, on=date(2024, 3, 1))
    mona = sign_in("Mona")
    proof = {"proof": SimpleUploadedFile("slip.pdf", b"%PDF-1.7 slip")}
    given = {"channel": "posted", "delivered_on": "2024-05-06"}
    assert post(mona, "log_reminder", paid.place.pk, **given).status_code == 200
    later = given | {"delivered_on": "2999-01-01"} | proof
    assert post(mona, "log_reminder", paid.place.pk, **later).status_code == 200
    assert not Reminder.objects.exists()
    proof = {"proof": SimpleUploadedFile("slip.pdf", b"%PDF-1.7 slip")}
    assert post(mona, "log_reminder", paid.place.pk, **given, **proof).status_code == 302
    assert Reminder.objects.get().amount == 129_300
    shown = page(sign_in("Alice"), "home", paid.place.pk)
    assert "2027年5月6日" in shown


def test_the_month_for_the_lobby_names_payments_and_no_home(sign_in, paid):
    order = approved(paid, ordered(paid, yuan=100))
    actions.carry_out(order=order, by=paid.people["Mona"], at=paid.now)
    memo = f"用款 {order.token.hex[:12].upper()}"
    received(paid, -100, -5, said={1: (memo, "某消防公司", "6211"), 2: ("手续费", "", "")})
    alice = sign_in("Alice")
    assert "2024-02" in page(alice, "lobby", paid.account.pk)
    (sheet,) = printed(alice, "lobby_statement", paid.account.pk, 2024, 2)
    for words in (
        "2024年2月收支", "300.00", "105.00", "195.00", "某消防公司", "首期", "业主代表1人",
        "银行自扣", "3栋", "不公布任何住户姓名",
    ):  # fmt: skip
        assert words in sheet, words
    for hidden in ("1502", "Alice"):
        assert hidden not in sheet
    for year, month in ((2023, 1), (2024, 13), (2999, 1)):
        address = reverse("funds:lobby_statement", args=[paid.account.pk, year, month])
        assert alice.get(address).status_code == 404


def test_the_auditors_room_compares_recounts_and_says_how_to_check_elsewhere(sign_in, paid):
    nils = sign_in("Nils")
    room = page(nils, "audit")
    for words in ("消防专户", "300.00 元", "相符", "bandeng-verify audit"):
        assert words in room, words
    assert "全部相符" in nils.get(f"{reverse('funds:audit')}?recheck=yes").content.decode()
    frozen(paid)
    assert "已停付" in page(nils, "audit")
    for name in ("Alice", "Bob", "Charlie"):
        assert sign_in(name).get(reverse("funds:audit")).status_code == 403
