"""An open account: Mona collects, Nils, Judy and Erin supervise, Alice's home owes.

Kate is Mona's colleague; Leo collects for another account (the near miss).
"""

from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.timezone import localdate

from bandeng.funds import actions
from bandeng.funds.models import AgreementKind, MatchRule, PaperKind, Signature, Supervision
from bandeng.funds.rules.dues import instalments
from bandeng.funds.rules.statements import Line, Statement, read_statement
from bandeng.funds.standing.plans import plannable
from bandeng.funds.standing.sights import home_sight
from bandeng.funds.tests.files import Trade, service_file
from bandeng.funds.tests.keys import enrolled
from bandeng.people import actions as people_actions
from bandeng.people.models import OrganisationKind, Role
from bandeng.people.tests.world import SINCE
from bandeng.places import actions as places_actions
from bandeng.trail.rules import HOUSE

MORE = ("Mona", "Nils", "Judy", "Kate", "Leo")
YUAN = 100
CITY = "430200"  # where the collectors and the developer answer


def furnish(world):
    house = {"by": HOUSE, "at": world.now}
    for n, name in enumerate(MORE, start=20):
        world.people[name] = people_actions.enrol_person(
            name=name, phone=f"+86138000010{n}", verified=True, **house
        )

    def organisation(name, kind):
        return people_actions.add_organisation(name=name, kind=kind, area_code=CITY, **house)

    world.collector = organisation("某资产监管公司", OrganisationKind.COLLECTOR)
    world.other_collector = organisation("另一监管公司", OrganisationKind.COLLECTOR)
    world.developer = organisation("某开发公司", OrganisationKind.DEVELOPER)
    for name, where in (
        ("Mona", world.collector),
        ("Kate", world.collector),
        ("Leo", world.other_collector),
    ):
        people_actions.assign_role(
            person=world.people[name],
            organisation=where,
            role=Role.HANDLER,
            since_on=SINCE,
            **house,
        )
    world.account = open_account(world)
    world.fire = world.account.ledger_accounts.get(code=world.account.purpose_code())
    world.keys = {
        name: enrolled(world.people[name], at=world.now) for name in ("Nils", "Judy", "Erin")
    }


def terms(world, **changes):
    people = world.people
    given: dict[str, Any] = {
        "supervisors": {
            Supervision.OWNERS: [people["Nils"]],
            Supervision.DEPUTY: [people["Judy"]],
            Supervision.SUBDISTRICT: [people["Erin"]],
        },
        "bands": [
            actions.Band(10_000 * YUAN, {Supervision.OWNERS: 1, Supervision.DEPUTY: 1}),
            actions.Band(
                3_000_000 * YUAN,
                {Supervision.OWNERS: 1, Supervision.DEPUTY: 1, Supervision.SUBDISTRICT: 1},
            ),
        ],
        "fee_limit": 50 * YUAN,
    }
    return actions.Terms(**given | changes)


def prepared(world, *, name="消防专户", papers=tuple(PaperKind)):
    by = {"by": world.people["Mona"], "at": world.now}
    account = actions.prepare_account(
        estate=world.estate, name=name, holder=world.collector, creditor=world.company,
        debtor=world.developer, invoicer=world.company, agreement=AgreementKind.BANK,
        bank="某银行某支行", bank_number="6200000000001", **by,
    )  # fmt: skip
    for kind in papers:
        actions.add_paper(
            account=account, kind=kind, title=str(kind.label), signed_on=date(2024, 2, 1),
            content=f"scan of {kind}".encode(), **by,
        )  # fmt: skip
    actions.add_purpose(account=account, code="fire_safety", name="消防设施", takes_dues=True, **by)
    return account


def open_account(world, **changes):
    account = prepared(world, **changes)
    return actions.open_account(
        account=account, terms=terms(world), by=world.people["Mona"], at=world.now
    )


def bill(world, *, home=None, yuan=1_770, since=date(2023, 1, 1), until=date(2023, 12, 31)):
    return actions.Bill(
        home=home or world.home, since=since, until=until, months=12, rate=150,
        floor_area=8_850, amount=yuan * YUAN, due_on=until,
    )  # fmt: skip


def billed(world, *bills, file=b"dues"):
    return actions.bill_dues(
        account=world.account, bills=bills or [bill(world)], file_name="欠费.xlsx", content=file,
        by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def statement(*amounts, opening=0, on=date(2024, 2, 28), said=()):
    """A parsed statement of yuan amounts; `said`: memo, payer and account of some of them."""
    lines, balance = [], opening
    for n, amount in enumerate(amounts, start=1):
        balance += amount * YUAN
        memo, payer, number = dict(said).get(n, ("", "", ""))
        lines.append(
            Line(n=n, on=on, at=None, amount=amount * YUAN, balance_after=balance, memo=memo,
                 counterparty=payer, counterparty_account=number)
        )  # fmt: skip
    return Statement(
        profile="test", account="", since=on, until=on, opening=opening, closing=balance,
        lines=tuple(lines), sha256=sha256(f"{lines} {opening}".encode()).digest(),
    )  # fmt: skip


def received(world, *amounts, **told):
    """Take a statement in that goes on from the last one."""
    last = world.account.statements.filter(channel="").order_by("-pk").first()
    parsed = statement(*amounts, opening=last.closing if last else 0, **told)
    return actions.take_statement(
        account=world.account, statement=parsed, content=b"raw", file_name="流水.csv",
        by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def matched(world, line, *, yuan=None):
    place = world.account.receivables.get(home=world.home)
    amount = yuan * YUAN if yuan else line.amount
    return actions.match_lines(
        matches=[(line, MatchRule.REFERENCE, {place: amount})],
        by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def funded(world, yuan=20_000):
    """Money in the fire-safety purpose: billed, received, matched."""
    billed(world, bill(world, yuan=yuan))
    line = received(world, yuan).lines.get()
    matched(world, line)
    return line


def payee(**changes):
    said = {
        "name": "某消防公司",
        "bank": "某银行",
        "number": "6211",
        "purpose": "首期",
        "basis": "合同",
    }
    return actions.Payee(**said | changes)


def ordered(world, yuan=300, **changes):
    given = {
        "account": world.account, "fund": world.fire, "amount": yuan * YUAN, "payee": payee(),
        "by": world.people["Mona"], "at": world.now,
    }  # fmt: skip
    return actions.make_order(**given | changes)


def approved(world, order, *names):
    for name in names or ("Nils", "Judy"):
        key, row = world.keys[name]
        actions.approve_order(
            order=order, assertion=key.sign(bytes(order.digest)), key=row,
            by=world.people[name], at=world.now,
        )  # fmt: skip
    return order


def sheet(world, order, *, signer="Judy"):
    """A sheet on paper that Mona entered; Kate must check it."""
    return actions.enter_sheet(
        order=order, person=world.people[signer], sheet=b"%PDF-1.7 signed",
        by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def one_list(world):
    """An order that the bank is to carry out, on a list."""
    by = {"by": world.people["Mona"], "at": world.now}
    order = approved(world, ordered(world, 1, payee=payee(number="62110001")))
    actions.carry_out(order=order, **by)
    return actions.make_transfer_list(
        account=world.account, orders=[order], profile="table.csv", **by
    )


def waiting_bill(world, trade=None):
    """A bill whose sum is not at the bank yet, unless it has come before."""
    content = service_file("wechat", [trade or Trade(4, "42", 300_00, 1_80)])
    return actions.take_merchant_bill(
        account=world.account, bill=read_statement(data=content), content=content,
        file_name="账单.csv", by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def neighbours(world, count):
    """More homes in the same building."""
    return [
        places_actions.add_home(
            building=world.building, entrance="2", number=f"{n}01", floor=n, floor_area=8_850,
            by=HOUSE, at=world.now,
        )
        for n in range(1, count + 1)
    ]  # fmt: skip


def signed(world, *, home=None, signature=Signature.HOUSEHOLD, on=None):
    """A statement of account that is drawn up and signed."""
    by = {"by": world.people["Mona"], "at": world.now}
    place = world.account.receivables.get(home=home or world.home)
    reckonings = actions.draw_up(account=world.account, receivables=[place], **by)
    actions.sign_reckonings(
        account=world.account, reckonings=reckonings, signature=signature,
        signed_on=on or localdate(world.now), content=b"%PDF-1.7 signed", **by,
    )  # fmt: skip
    return reckonings[0]


def with_cash(world):
    """The agreement allows cash."""
    return actions.allow_cash(
        account=world.account, clause="监管协议第九条", by=world.people["Mona"], at=world.now
    )


def cash(world, *, yuan=200, home=None):
    """Mona took cash for a home."""
    place = world.account.receivables.get(home=home or world.home)
    return actions.receive_cash(
        receivable=place, amount=yuan * YUAN, payer="王奶奶", by=world.people["Mona"], at=world.now
    )


def banked(world, *receipts, by="Kate", on=date(2024, 2, 28)):
    return actions.bank_cash(
        account=world.account, receipts=receipts, on=on, slip="0001", content=b"%PDF-1.7 slip",
        by=world.people[by], at=world.now,
    )  # fmt: skip


def asked(world, *, parts=3, first_on=None, every=1):
    """Alice asks to pay what is open in equal parts."""
    place = world.account.receivables.get(home=world.home)
    total = sum(sight.open for sight in plannable(home=home_sight(receivable=place)))
    today = localdate(world.now)
    return actions.ask_plan(
        receivable=place,
        instalments=instalments(total=total, parts=parts, first_on=first_on or today, every=every),
        asked_on=today, by=world.people["Alice"], at=world.now,
    )  # fmt: skip


def agreed(world, plan):
    return actions.answer_plan(
        plan=plan, accepted=True, answered_by="物业公司财务", source="2024-03-01 函",
        by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def frozen(world):
    return actions.freeze_account(
        account=world.account, document="(2024)湘01执1号", content=b"scan",
        by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def advanced(world, *, yuan=200):
    """Bob had a danger removed at once and paid; Erin agreed."""
    return actions.make_advance(
        case=world.case, amount=yuan * YUAN, what="外墙清除", receipt=b"%PDF-1.7 receipt",
        leader=world.people["Erin"], by=world.people["Bob"], at=world.now,
    )  # fmt: skip
