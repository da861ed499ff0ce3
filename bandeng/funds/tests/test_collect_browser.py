"""The pages of collecting in a real browser, on each device, with the mess of life in them."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from bandeng.funds import actions
from bandeng.funds.models import PrintKind, UploadKind
from bandeng.funds.tests import files
from bandeng.funds.tests.test_dues_file import ROW, changed, dues_file
from bandeng.funds.tests.world import (
    approved,
    asked,
    banked,
    bill,
    billed,
    cash,
    matched,
    one_list,
    ordered,
    received,
    waiting_bill,
    with_cash,
)
from bandeng.places import actions as places
from bandeng.trail.rules import HOUSE
from tests.browser.fixtures import CHINESE

pytestmark = pytest.mark.browser

PAGES = [
    ("Alice", "/money/homes/"),
    ("Alice", "/money/homes/{home}/"),
    ("Mona", "/money/homes/{home}/"),
    ("Alice", "/money/dues/{due}/dispute/"),
    ("Mona", "/money/accounts/{account}/matching/"),
    ("Mona", "/money/accounts/{account}/matching/certain/"),
    ("Mona", "/money/accounts/{account}/matching/{line}/?homes={home}:30000&building=3"),
    ("Kate", "/money/proposals/{proposal}/confirm/"),
    ("Mona", "/money/accounts/{account}/statements/"),
    ("Mona", "/money/accounts/{account}/statements/take/"),
    ("Mona", "/money/statements/check/{statement_file}/"),
    ("Mona", "/money/accounts/{account}/statements/{statement}/"),
    ("Mona", "/money/accounts/{account}/bills/"),
    ("Mona", "/money/accounts/{account}/lists/{list}/"),
    ("Mona", "/money/accounts/{account}/lists/make/"),
    ("Erin", "/money/witnesses/"),
    ("Mona", "/money/accounts/{account}/dues/"),
    ("Mona", "/money/dues/check/{dues_file}/"),
    ("Mona", "/money/accounts/{account}/answers/"),
    ("Mona", "/money/disputes/{dispute}/decide/"),
    ("Mona", "/money/homes/{home}/notices/add/"),
    ("Mona", "/money/accounts/{account}/notices/"),
    ("Mona", "/money/accounts/{account}/notices/print/"),
    ("Mona", "/money/printings/{printing}/"),
    ("Mona", "/money/accounts/{account}/reckonings/"),
    ("Mona", "/money/accounts/{account}/reckonings/seal/"),
    ("Alice", "/money/reckonings/{reckoning}/"),
    ("Alice", "/money/reckonings/{reckoning}/confirm/"),
    ("Mona", "/money/reckonings/{reckoning}/sign/"),
    ("Alice", "/money/homes/{home}/plan/ask/"),
    ("Mona", "/money/homes/{other}/plan/ask/"),
    ("Mona", "/money/plans/{plan}/answer/"),
    ("Mona", "/money/accounts/{account}/plans/"),
    ("Mona", "/money/accounts/{account}/cash/"),
    ("Kate", "/money/accounts/{account}/cash/bank/"),
    ("Kate", "/money/deposits/{deposit}/settle/{deposit_line}/"),
    ("Mona", "/money/homes/{home}/cash/"),
    ("Alice", "/money/accounts/{account}/lobby/"),
    ("Nils", "/money/audit/?recheck=yes"),
]


@pytest.fixture
def parts(world):
    """Three years owed, one disputed; receipts certain, doubtful and proposed; two files."""
    by = {"by": world.people["Mona"], "at": world.now}
    place = _billed(world, by)
    matched(world, received(world, 300).lines.get())
    _paid_out(world, by)
    memos = {1: ("物业费 3栋2单元1501", "李芳", "6217"), 2: ("3-2-1502 王小明", "王小明", "6218"),
             3: ("缴费", "张伟", "6219"), 4: ("代缴", "奶奶", "6220")}  # fmt: skip
    statement = received(world, 1_593, 200, 300, 100, said=memos)
    lines = list(statement.lines.order_by("n"))
    proposal = actions.propose_match(line=lines[3], shares={place: 10_000}, **by)
    waiting_bill(world)
    alice = {"by": world.people["Alice"], "at": world.now}
    dispute = actions.dispute_due(due=place.dues.latest("period"), reason="2023年电梯停运", **alice)
    actions.claim_paid(receivable=place, text="2024年1月用妈妈的账户转了300元", **alice)
    return {
        "list": one_list(world).pk,
        "account": world.account.pk, "home": place.pk, "due": place.dues.earliest("period").pk,
        "line": lines[2].pk, "proposal": proposal.pk, "statement": statement.pk,
        "dispute": dispute.pk, **_files(world, by), **_papers(world, place, by),
    }  # fmt: skip


def _billed(world, by):
    house = {"by": HOUSE, "at": world.now}
    other = places.add_home(
        building=world.building, entrance="2", number="1501", floor=15, floor_area=8_850, **house
    )
    years = [(date(year, 1, 1), date(year, 12, 31)) for year in (2021, 2022, 2023)]
    bills = [bill(world, yuan=1_593, since=since, until=until) for since, until in years]
    billed(world, *bills, bill(world, home=other, yuan=1_593))
    return world.account.receivables.get(home=world.home)


def _paid_out(world, by):
    order = approved(world, ordered(world, yuan=100))
    actions.carry_out(order=order, **by)
    memo = f"用款 {order.token.hex[:12].upper()}"
    received(world, -100, said={1: (memo, "某消防公司", "6211")})


def _papers(world, place, by):
    """A statement of account nobody signed, instalments asked for, cash taken and banked."""
    drawn = actions.draw_up(account=world.account, receivables=[place], **by)[0]
    printing = actions.start_printing(account=world.account, kind=PrintKind.RECKONINGS, **by)
    plan = asked(world, parts=4)
    with_cash(world)
    cash(world, yuan=50)
    today = localdate(world.now)
    deposit = banked(world, cash(world, yuan=60), on=today)
    line = received(world, 60, on=today, said={1: ("现金存款", "", "")}).lines.get()
    other = world.account.receivables.exclude(home=world.home).get()
    return {
        "reckoning": drawn.pk, "printing": printing.token, "plan": plan.pk, "other": other.pk,
        "deposit": deposit.pk, "deposit_line": line.pk,
    }  # fmt: skip


def _files(world, by):
    given = {"account": world.account, "file_name": "2024年3月.xlsx"} | by
    made = files.movements(amounts=(300_00, -45_00))
    bank = actions.keep_upload(
        kind=UploadKind.STATEMENT, content=files.workbook(files.ccb_rows(made)), **given
    )
    wrong = dues_file(ROW, changed(sum=1), changed(home="9999"))
    dues = actions.keep_upload(kind=UploadKind.DUES, content=wrong, **given)
    return {"statement_file": bank.token, "dues_file": dues.token}


def test_every_page_is_good_to_read_and_touch(look_at, parts):
    look_at([(who, address.format(**parts)) for who, address in PAGES], CHINESE)
