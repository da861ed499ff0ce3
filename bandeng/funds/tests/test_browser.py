"""The money's pages in a real browser: each device, passkeys of a virtual authenticator."""

from datetime import timedelta

import pytest

from bandeng.funds import actions
from bandeng.funds.models import Balance
from bandeng.funds.tests.test_pages import registered
from bandeng.funds.tests.world import YUAN, advanced, frozen, funded, ordered, prepared, sheet
from bandeng.people import actions as people_actions
from bandeng.trail.rules import HOUSE
from tests.browser.checks import assert_good
from tests.browser.fixtures import CHINESE

pytestmark = pytest.mark.browser

PASSWORD = "乌云散去终见青天"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
PAGES = [
    ("Mona", "/money/"),
    ("Erin", "/money/prepare/"),
    ("Mona", "/money/accounts/{account}/"),
    ("Alice", "/money/accounts/{account}/"),
    ("Mona", "/money/accounts/{new}/"),
    ("Mona", "/money/accounts/{account}/papers/add/"),
    ("Mona", "/money/accounts/{account}/rules/"),
    ("Mona", "/money/accounts/{account}/pay/"),
    ("Mona", "/money/accounts/{account}/earmark/"),
    ("Mona", "/money/accounts/{account}/transfers/{fund}/"),
    ("Mona", "/money/orders/"),
    ("Mona", "/money/orders/{order}/"),
    ("Judy", "/money/orders/{order}/approve/"),
    ("Nils", "/money/orders/{order}/approve/"),
    ("Judy", "/money/inbox/"),
    ("Mona", "/money/orders/{order}/sheets/add/"),
    ("Kate", "/money/orders/{order}/sheets/{sheet}/check/"),
    ("Bob", "/money/advances/"),
    ("Bob", "/money/advance/?case={case}"),
    ("Erin", "/money/advances/{advance}/"),
    ("Judy", "/account/"),
    ("Judy", "/account/confirm/"),
]


@pytest.fixture
def money(world):
    funded(world)
    world.order = ordered(world, lives=timedelta(days=36_500))
    return world


@pytest.fixture
def parts(money):
    """Add what the pages show: a sheet that waits, a freeze, an advance, a new account."""
    frozen(money)
    registered(money, "Judy")
    actions.approve_order(
        order=money.order, assertion=money.keys["Nils"][0].sign(bytes(money.order.digest)),
        key=money.keys["Nils"][1], by=money.people["Nils"], at=money.now,
    )  # fmt: skip
    return {
        "account": money.account.pk,
        "new": prepared(money, name="新专户", papers=()).pk,
        "fund": money.fire.pk,
        "order": money.order.pk,
        "sheet": sheet(money, money.order).pk,
        "advance": advanced(money).pk,
        "case": money.case.number,
    }


def test_every_page_is_good_to_read_and_touch(look_at, parts):
    look_at([(who, address.format(**parts)) for who, address in PAGES], CHINESE)


@pytest.fixture
def with_passkey(visit, money):
    """Open the inbox as a supervisor whose phone can make passkeys."""

    def open_inbox(name):
        person = money.people[name]
        people_actions.change_password(
            person=person, password=PASSWORD, by=HOUSE, at=money.now
        )  # fmt: skip
        page = visit("/money/inbox/", person=person)
        phone = page.context.new_cdp_session(page)
        phone.send("WebAuthn.enable")
        phone.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        return page

    return open_inbox


def approve(page):
    page.goto("/money/inbox/")
    page.get_by_role("link", name="查看并会签").click()
    if page.get_by_role("link", name="登记通行密钥").count():
        page.get_by_role("link", name="登记通行密钥").click()
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="继续").click()
        page.get_by_label("密钥名称").fill("我的手机")
        assert_good(page)
        page.get_by_role("button", name="创建通行密钥").click()
        page.get_by_text("通行密钥已登记").wait_for()
        return approve(page)
    assert_good(page)
    page.get_by_role("button", name="用我的通行密钥会签").click()
    page.get_by_text("您的会签已登记").wait_for()
    assert_good(page)
    return page


def test_two_supervisors_approve_with_their_phones_and_it_is_carried_out(
    visit, money, with_passkey
):
    for name in ("Nils", "Judy"):
        page = approve(with_passkey(name))
        page.goto("/money/inbox/")
        assert page.get_by_text("没有待您会签的申请").is_visible()
    assert {a.strength for a in money.order.approvals.all()} == {"passkey"}
    page = visit(f"/money/orders/{money.order.pk}/", person=money.people["Mona"])
    page.get_by_role("link", name="执行", exact=True).click()
    page.get_by_label("我已阅读").check()
    page.get_by_role("button", name="执行").click()
    page.get_by_text("已按会签内容执行").wait_for()
    assert Balance.objects.get(account=money.fire).held == 300 * YUAN


def test_whoever_cancels_has_approved_nothing(visit, money, with_passkey):
    registered(money, "Judy")  # a key of another device
    page = with_passkey("Judy")
    page.get_by_role("link", name="查看并会签").click()
    page.get_by_role("button", name="用我的通行密钥会签").click()
    page.get_by_text("没有完成签署").wait_for()
    assert not money.order.approvals.exists()


def test_without_javascript_the_page_says_what_to_do(visit, money):
    registered(money, "Judy")
    address = f"/money/orders/{money.order.pk}/approve/"
    page = visit(address, person=money.people["Judy"], java_script_enabled=False)
    assert page.get_by_text("当前浏览器不能使用通行密钥").is_visible()
    assert not page.get_by_role("button", name="用我的通行密钥会签").is_visible()
    page.get_by_text("改用纸质会签").click()
    assert page.get_by_role("link", name="打印会签单").is_visible()
