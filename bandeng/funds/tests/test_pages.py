"""The money's pages, by those who hold, supervise and keep it."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bandeng.funds import actions
from bandeng.funds.models import Advance, Balance, Order, SigningKey, SupervisedAccount
from bandeng.funds.tests.keys import SoftKey
from bandeng.funds.tests.world import (
    YUAN,
    advanced,
    approved,
    frozen,
    funded,
    received,
)
from bandeng.funds.tests.world import ordered as made
from bandeng.kit.passkeys import to_text
from bandeng.people import actions as people_actions
from bandeng.post.reads import inbox
from bandeng.trail.models import Attachment
from bandeng.trail.rules import HOUSE
from bandeng.trail.tests.pictures import photo

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 scan"


def ordered(world, yuan=300, **changes):
    """An order that has not expired by the clock of the pages."""
    return made(world, yuan, lives=timedelta(days=36_500), **changes)


def scan(content=PDF, name="scan.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def sign_in(client, world):
    def as_(name):
        client.force_login(world.people[name])
        return client

    return as_


@pytest.fixture
def money(world):
    funded(world)
    return world


def page(client, name, /, *args):
    answer = client.get(reverse(f"funds:{name}", args=args))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def post(client, name, /, *args, **data):
    return client.post(reverse(f"funds:{name}", args=args), data)


def test_an_account_comes_to_be_through_its_pages(sign_in, world):
    erin = sign_in("Erin")
    body = {"holder": world.collector.pk, "creditor": world.company.pk}
    body |= {"debtor": world.developer.pk, "invoicer": world.company.pk}
    given = {"estate": world.estate.pk, "name": "新专户", "agreement": "bank", "bank": "某银行"}
    done = post(erin, "prepare_account", bank_number="6200", **given, **body)
    account = SupervisedAccount.objects.get(name="新专户")
    assert done.url == account.get_absolute_url()
    assert "尚缺" in page(erin, "account", account.pk)
    for kind in ("agreement", "mandate", "invoicing", "acknowledgement"):
        paper = {"kind": kind, "title": kind, "signed_on": "2024-02-01", "content": scan()}
        assert post(erin, "add_paper", account.pk, **paper).status_code == 302
    purpose = {"name": "消防设施", "code": "fire_safety", "takes_dues": "on"}
    assert post(erin, "add_purpose", account.pk, **purpose).status_code == 302
    rules = {
        "persons_subdistrict": "Erin", "persons_body": "138 0000 1020", "fee_limit": "50",
        "up_to_1": "10,000", "needs_1_subdistrict": "1", "needs_1_body": "1",
    }  # fmt: skip
    assert post(erin, "open_account", account.pk, **rules).status_code == 302
    account.refresh_from_db()
    assert account.opened_at
    assert account.policy().rules["bands"][0]["up_to"] == 10_000 * YUAN
    assert "已启用" in page(erin, "account", account.pk)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"persons_body": "不存在"}, "这里没有登记此人"),
        ({"up_to_1": "很多"}, "请填写以元为单位的金额"),
        ({"needs_1_body": "2"}, "登记的人数不足"),
        ({"needs_1_body": ""}, "至少须由两类监管方会签"),
    ],
)
def test_rules_that_cannot_hold_are_refused_and_nothing_is_lost(sign_in, world, change, says):
    rules = {
        "persons_subdistrict": "Erin", "persons_body": "Mona", "fee_limit": "50",
        "up_to_1": "10000", "needs_1_subdistrict": "1", "needs_1_body": "1",
    }  # fmt: skip
    answer = post(sign_in("Mona"), "order_policy", world.account.pk, **rules | change)
    assert says in answer.content.decode()
    assert "Erin" in answer.content.decode()
    assert not Order.objects.exists()


def test_a_paper_is_taken_by_its_content(sign_in, world):
    mona = sign_in("Mona")
    paper = {"kind": "mandate", "title": "委托书", "signed_on": "2024-02-01"}
    for wrong, says in ((scan(b"GIF89a"), "JPEG"), (scan(b"%PDF-" + bytes(11 << 20)), "10 MB")):
        answer = post(mona, "add_paper", world.account.pk, content=wrong, **paper)
        assert says in answer.content.decode()
        assert "委托书" in answer.content.decode()
    picture = scan(photo(size=(900, 1200)).read(), "photo.pdf")
    assert post(mona, "add_paper", world.account.pk, content=picture, **paper).status_code == 302
    kept = world.account.papers.latest("pk")
    shown = mona.get(reverse("funds:paper", args=[world.account.pk, kept.pk]))
    assert shown["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown["Content-Security-Policy"]


def test_the_account_on_one_screen(sign_in, money):
    actions.carry_out(order=approved(money, ordered(money)), by=money.people["Mona"], at=money.now)
    frozen(money)
    shown = page(sign_in("Mona"), "account", money.account.pk)
    for words in (
        "20,000.00 元",
        "300.00 元",
        "19,700.00 元",
        "停止一切付款",
        "某消防公司",
        "Nils",
    ):
        assert words in shown
    mine = page(sign_in("Alice"), "account", money.account.pk)
    assert "20,000.00 元" in mine
    for hidden in ("某消防公司", "Nils", "6200000000001"):
        assert hidden not in mine


def test_behind_a_sum_are_its_transfers(sign_in, money):
    shown = page(sign_in("Mona"), "transfers", money.account.pk, money.fire.pk)
    assert "20,000.00 元" in shown
    home = money.account.receivables.get().ledger_account
    assert sign_in("Mona").get(
        reverse("funds:transfers", args=[money.account.pk, home.pk])
    ).status_code == 404  # fmt: skip


def test_a_payment_from_the_wish_to_the_bank(sign_in, money):
    mona = sign_in("Mona")
    wish = {
        "fund": money.fire.pk, "amount": "300.00", "name": "某消防公司", "bank": "某银行",
        "number": "6211", "purpose": "首期", "basis": "合同",
    }  # fmt: skip
    too_much = post(mona, "make_order", money.account.pk, **wish | {"amount": "20000.01"})
    assert "可用余额不足" in too_much.content.decode()
    post(mona, "make_order", money.account.pk, **wish)
    order = Order.objects.get()
    assert "待会签" in page(mona, "order", order.pk)
    early = post(mona, "carry_out", order.pk, checked="on")
    assert "会签尚未齐全" in early.content.decode()
    approved(money, order)
    assert "会签已齐" in page(mona, "order", order.pk)
    assert post(mona, "carry_out", order.pk, checked="on").status_code == 302
    assert "已交银行" in page(mona, "order", order.pk)
    memo = order.token.hex[:12].upper()
    received(money, -300, said={1: (memo, "某消防公司", "6211")}, on=date(2024, 2, 29))
    assert "已执行" in page(mona, "order", order.pk)
    assert "已执行" in page(mona, "orders")


def test_an_order_returned_by_the_bank_frees_its_money(sign_in, money):
    order = approved(money, ordered(money))
    actions.carry_out(order=order, by=money.people["Mona"], at=money.now)
    assert post(sign_in("Mona"), "return_order", order.pk, checked="on").status_code == 302
    assert Balance.objects.get(account=money.fire).free == 20_000 * YUAN


def registered(world, name, **told):
    """A passkey of this person's account, as the registration page keeps it."""
    key = SoftKey()
    people_actions.add_passkey(
        person=world.people[name], name="手机", credential=key.created(**told), by=HOUSE,
        at=world.now,
    )  # fmt: skip
    return key


def signed(key, order):
    said = key.sign(bytes(order.digest))
    return {
        "credential": to_text(key.credential), "signature": to_text(said.signature),
        "authenticator_data": to_text(said.authenticator_data),
        "client_data": to_text(said.client_data),
    }  # fmt: skip


def test_a_supervisor_approves_with_the_passkey_of_their_account(sign_in, money):
    order, judy = ordered(money), sign_in("Judy")
    assert "登记通行密钥" in page(judy, "approve_order", order.pk)
    key = registered(money, "Judy")
    assert "待我会签" in page(judy, "account", money.account.pk)
    assert "某消防公司" in page(judy, "inbox")
    shown = page(judy, "approve_order", order.pk)
    assert "用我的通行密钥会签" in shown
    assert to_text(bytes(order.digest)) in shown
    assert post(judy, "approve_order", order.pk, **signed(key, order)).status_code == 302
    assert order.approvals.get().key == SigningKey.objects.get(credential=key.credential)
    assert "没有待您会签" in page(judy, "inbox")
    again = post(judy, "approve_order", order.pk, **signed(key, order))
    assert "已会签" in again.content.decode()


def test_a_signature_of_another_order_or_key_approves_nothing(sign_in, money):
    order, other, judy = ordered(money), ordered(money), sign_in("Judy")
    key = registered(money, "Judy")
    wrong = post(judy, "approve_order", order.pk, **signed(key, other))
    assert "签署的不是本申请" in wrong.content.decode()
    strange = post(judy, "approve_order", order.pk, **signed(SoftKey(), order))
    assert "不属于您的账号" in strange.content.decode()
    elsewhere = key
    elsewhere.rp_id = "example.org"
    wrong = post(judy, "approve_order", order.pk, **signed(elsewhere, order))
    assert "签署的不是本申请" in wrong.content.decode()
    empty = post(judy, "approve_order", order.pk)
    assert empty.status_code == 200
    assert not order.approvals.exists()
    assert not SigningKey.objects.filter(credential=key.credential).exists()


def test_a_removed_passkey_approves_nothing(sign_in, money):
    order, judy = ordered(money), sign_in("Judy")
    key = registered(money, "Judy")
    held = judy.get(reverse("people:account")).context["passkeys"][0]
    assert judy.post(reverse("people:remove-passkey", args=[held.pk])).status_code == 302
    answer = post(judy, "approve_order", order.pk, **signed(key, order))
    assert not order.approvals.exists()
    assert "您还没有通行密钥" in answer.content.decode()


def test_supervisors_are_told_of_what_waits_and_the_maker_of_the_end(sign_in, money):
    order = ordered(money)
    told = inbox(person=money.people["Judy"].token).get()
    assert told.subject == "待您会签：某消防公司：首期 · 300.00 元"
    assert sign_in("Judy").get(told.link).status_code == 200
    assert not inbox(person=money.people["Mona"].token)
    approved(money, order)
    assert inbox(person=money.people["Mona"].token).get().subject.startswith("会签已齐")
    frozen(money)
    assert "停止一切付款" in inbox(person=money.people["Nils"].token)[0].subject


def test_who_asked_for_it_does_not_approve_it(sign_in, money):
    order = ordered(money, by=money.people["Judy"])
    assert sign_in("Judy").get(reverse("funds:approve_order", args=[order.pk])).status_code == 403
    assert sign_in("Mona").get(reverse("funds:approve_order", args=[order.pk])).status_code == 403


def test_without_https_the_page_offers_paper(sign_in, money, settings):
    settings.BANDENG_URL = "http://10.0.0.5:8000"
    order = ordered(money)
    registered(money, "Judy")
    shown = page(sign_in("Judy"), "approve_order", order.pk)
    assert "HTTPS" in shown
    assert "打印会签单" in shown


def test_the_paper_way_takes_two_people(sign_in, money):
    order = ordered(money)
    mona = sign_in("Mona")
    printed = mona.get(reverse("funds:order_sheet", args=[order.pk]))
    assert printed.content.startswith(b"%PDF")
    given = {"person": money.people["Judy"].pk, "sheet": scan()}
    assert post(mona, "enter_sheet", order.pk, **given).status_code == 302
    entered = order.sheets.get()
    assert "待第二人核对" in page(mona, "order", order.pk)
    assert post(mona, "check_sheet", order.pk, entered.pk, checked="on").status_code == 403
    kate = sign_in("Kate")
    assert kate.get(reverse("funds:sheet", args=[order.pk, entered.pk])).content == PDF
    assert post(kate, "check_sheet", order.pk, entered.pk, checked="on").status_code == 302
    assert "纸质签署" in page(kate, "order", order.pk)


def test_a_stopped_order_says_who_and_why(sign_in, money):
    order = ordered(money)
    assert post(sign_in("Judy"), "stop_order", order.pk, reason="金额有误").status_code == 302
    shown = page(sign_in("Mona"), "order", order.pk)
    assert "已叫停" in shown
    assert "金额有误" in shown


def test_new_rules_are_read_before_they_are_approved(sign_in, money):
    rules = {
        "persons_owners": "Nils", "persons_deputy": "Judy", "fee_limit": "20",
        "up_to_1": "500", "needs_1_owners": "1", "needs_1_deputy": "1",
    }  # fmt: skip
    money.people["Nils"].area_code = ""
    assert post(sign_in("Mona"), "order_policy", money.account.pk, **rules).status_code == 302
    order = Order.objects.get()
    assert "500.00 元" in page(sign_in("Judy"), "approve_order", order.pk)
    approved(money, order, "Nils", "Judy", "Erin")
    post(sign_in("Mona"), "carry_out", order.pk, checked="on")
    assert money.account.policy().version == 2
    assert "第2版" in page(sign_in("Mona"), "account", money.account.pk)


def test_a_freeze_is_ended_by_a_document(sign_in, world):
    mona = sign_in("Mona")
    post(mona, "freeze_account", world.account.pk, document="(2024)湘01执1号", content=scan())
    freeze = world.account.freezes.get()
    ended = {"document": "解冻通知", "content": scan(b"%PDF-1.7 end")}
    assert post(mona, "end_freeze", world.account.pk, freeze.pk, **ended).status_code == 302
    assert not world.account.standing_freezes().exists()
    again = post(mona, "end_freeze", world.account.pk, freeze.pk, **ended | {"content": scan()})
    assert "已解除" in again.content.decode()


def test_orders_are_found_by_where_they_stand(sign_in, money):
    ordered(money, 100)
    approved(money, ordered(money, 200))
    stopped = ordered(money, 400)
    actions.stop_order(order=stopped, reason="有误", by=money.people["Judy"], at=money.now)
    for state, yuan in (("waiting", 100), ("approved", 200), ("stopped", 400)):
        shown = sign_in("Mona").get(reverse("funds:orders"), {"state": state})
        assert [order.amount for order in shown.context["table"].data] == [yuan * YUAN]
    assert not sign_in("Leo").get(reverse("funds:orders")).context["table"].data


def test_somebody_pays_at_once_and_is_repaid(sign_in, world):
    bob = sign_in("Bob")
    assert world.case.number in page(bob, "make_advance")
    found = post(bob, "make_advance", number=world.case.number)
    address = f"{reverse('funds:make_advance')}?case={world.case.number}"
    assert found.url == address
    assert world.case.title in bob.get(address).content.decode()
    given = {"amount": "200", "what": "外墙清除", "leader": world.people["Erin"].pk}
    receipt = scan(photo().read(), "receipt.jpg")
    given |= {"receipt": receipt, "photos": [photo()]}
    assert bob.post(address, given).status_code == 302
    assert Attachment.objects.get().thread == world.case.thread
    advance = Advance.objects.get()
    assert "待归还" in page(bob, "advance", advance.pk)
    erin = sign_in("Erin")
    shown = erin.get(reverse("funds:receipt", args=[advance.pk]))
    assert shown["Content-Type"] == "image/jpeg"
    repaid = post(erin, "repay_advance", advance.pk, organisation=world.company.pk)
    assert repaid.status_code == 302
    assert "已归还" in page(erin, "advances")


def test_an_advance_is_never_repaid_out_of_another_earmark(sign_in, money):
    advance = advanced(money)
    money.people["Erin"].refresh_from_db()
    given = {"account": money.account.pk, "bank": "某银行", "number": "6222"}
    answer = post(sign_in("Erin"), "order_repayment", advance.pk, **given)
    assert "可用余额不足" in answer.content.decode()
    assert not Order.objects.exists()


def test_the_menu_leads_to_the_money_only_whom_it_concerns(sign_in, money):
    ordered(money)
    shown = {name: sign_in(name).get("/desk/").content.decode() for name in ("Judy", "Charlie")}
    assert "待我会签" in shown["Judy"]
    assert reverse("funds:accounts") in shown["Judy"]
    assert reverse("funds:accounts") not in shown["Charlie"]
