"""What each action of this room is called with (tests/test_actions.py)."""

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from bandeng.funds import actions
from bandeng.funds.models import (
    AgreementKind,
    Allocation,
    Chart,
    MatchRule,
    Printing,
    PrintKind,
    PrintState,
    ReminderChannel,
    Signature,
    UploadKind,
)
from bandeng.funds.models import PaperKind as Kind
from bandeng.funds.rules.dues import instalments
from bandeng.funds.rules.statements import read_statement
from bandeng.funds.tests.files import Trade, service_file
from bandeng.funds.tests.keys import SoftKey
from bandeng.funds.tests.world import (
    YUAN,
    advanced,
    approved,
    banked,
    bill,
    billed,
    cash,
    funded,
    matched,
    neighbours,
    one_list,
    open_account,
    ordered,
    payee,
    prepared,
    received,
    sheet,
    signed,
    statement,
    terms,
    waiting_bill,
    with_cash,
)
from bandeng.trail.rules import HOUSE


def acts(world):
    """One account full of money, and beside it what each action needs for itself."""
    people, account = world.people, world.account
    mona, kate, judy, nils = (people[name] for name in ("Mona", "Kate", "Judy", "Nils"))
    at = {"at": world.now}
    funded(world)
    wrong = received(world, 300).lines.get()
    matched(world, wrong)
    place = account.receivables.get(home=world.home)
    due = place.dues.get()
    emergency = account.ledger_accounts.get(chart=Chart.EMERGENCY)
    open_line = received(world, 500).lines.get()
    waiting = received(world, 700).lines.get()
    shares = {place: 100 * YUAN}
    proposal = actions.propose_match(line=waiting, shares=shares, by=mona, **at)
    order, ready, held = ordered(world), approved(world, ordered(world)), _held(world)
    on_paper = sheet(world, ordered(world))
    key, row = world.keys["Nils"]
    other = SoftKey()
    return (
        _accounts(world, mona, account)
        | _orders(world, order, ready, held, on_paper, key, row)
        | {
            "enrol_key": {"credential": b"k" * 16, "public_key": other.public, "name": "手机",
                          "by": nils},
            "approve_with_passkey": {
                "order": order, "assertion": other.sign(bytes(order.digest)), "name": "新手机",
                "credential": other.credential, "public_key": other.public, "by": judy,
            },
            "order_earmark": {
                "account": account, "fund": world.fire, "purpose": emergency, "amount": 5 * YUAN,
                "reason": "应急", "by": mona,
            },
            "bill_dues": {
                "account": account, "file_name": "欠费.xlsx", "content": b"more", "by": mona,
                "bills": [bill(world, since=date(2022, 1, 1), until=date(2022, 12, 31))],
            },
            "dispute_due": {"due": due, "reason": "空置", "by": people["Alice"]},
            "decide_dispute": {"dispute": _dispute(world), "upheld": False, "decided_by": "调解委",
                               "by": mona},
            "claim_paid": {"receivable": place, "text": "已交", "by": people["Alice"]},
            "answer_claim": {"claim": actions.claim_paid(receivable=place, text="已交",
                             by=people["Alice"], **at), "answer": "查到了", "by": mona},
            "take_statement": {"account": account, "statement": statement(9, opening=21_620 * YUAN, on=date(2024, 3, 1)),
                               "content": b"raw 2", "file_name": "流水.csv", "by": mona},
            "match_lines": {"matches": [(open_line, MatchRule.REFERENCE, shares)], "by": mona},
            "propose_match": {"line": open_line, "shares": shares, "by": mona},
            "confirm_match": {"proposal": proposal, "by": kate},
            "unmatch": {"allocation": Allocation.objects.get(line=wrong), "by": mona},
        }
        | _papers(world, mona, place)
        | _uploads(world, mona)
        | _services(world, mona)
        | {"forget_in_money": {"person": people["Charlie"], "by": HOUSE}}
        | _advances(world, emergency)
    )  # fmt: skip


def _papers(world, mona, place):
    """Statements of account, plans and printings of other homes in the same building."""
    account, by, today = world.account, {"by": mona, "at": world.now}, localdate(world.now)
    homes = neighbours(world, 4)
    billed(world, *(bill(world, home=home) for home in homes), file=b"neighbours")
    places = [account.receivables.get(home=home) for home in homes]
    signed(world, home=homes[0])
    billed(world, bill(world, since=date(2018, 1, 1), until=date(2018, 12, 31)), file=b"2018")
    unsigned, mine = actions.draw_up(account=account, receivables=[places[1], place], **by)
    parts = instalments(total=1_770 * YUAN, parts=2, first_on=today)
    plan: dict[str, Any] = {"instalments": parts, "asked_on": today, "paper": b"%PDF-1.7"}
    old, waiting = (_printing(world, at) for at in (world.now - timedelta(days=9), world.now))
    Printing.objects.filter(pk=old.pk).update(state=PrintState.CANCELLED)
    asked = actions.ask_plan(receivable=places[2], **plan, **by)
    return {
        "log_reminder": {"receivable": places[0], "channel": ReminderChannel.DOOR,
                         "delivered_on": today, "by": mona},
        "draw_up": {"account": account, "receivables": places[3:], "by": mona},
        "sign_reckonings": {
            "account": account, "reckonings": [unsigned], "signature": Signature.HANDED,
            "signed_on": today, "content": b"%PDF-1.7", "by": mona,
        },
        "confirm_reckoning": {"reckoning": mine, "by": world.people["Alice"]},
        "ask_plan": {"receivable": places[3], **plan, "by": mona},
        "answer_plan": {"plan": asked, "accepted": True, "answered_by": "某人", "source": "函",
                        "by": mona},
        "end_plan": {"plan": asked, "reason": "改为一次付清", "by": mona},
        "start_printing": {"account": account, "kind": PrintKind.NOTICES, "by": mona},
        "cancel_printing": {"printing": waiting, "by": mona},
        "discard_old_printings": {"by": HOUSE},
    } | _cash(world, places[1])  # fmt: skip


def _printing(world, at):
    return Printing.objects.create(
        account=world.account, kind=PrintKind.RECKONINGS, rows=[], total=1,
        by=world.people["Mona"].token, at=at,
    )  # fmt: skip


def _cash(world, place):
    mona, kate, on = world.people["Mona"], world.people["Kate"], localdate(world.now)
    with_cash(world)
    place.account.refresh_from_db()
    free, mistaken, first, second = (
        cash(world, yuan=n, home=place.home) for n in (100, 110, 120, 130)
    )
    waiting, wrong = banked(world, first, on=on), banked(world, second, on=on)
    line = received(world, 120, on=on).lines.get()
    given = {"account": world.account}
    return {
        "allow_cash": given | {"clause": "第九条", "by": mona},
        "receive_cash": {"receivable": place, "amount": YUAN, "payer": "王奶奶", "by": mona},
        "spoil_receipt": given | {"book": "B", "number": 1, "reason": "写错", "by": mona},
        "void_cash": {"cash": mistaken, "reason": "金额写错", "by": mona},
        "bank_cash": given | {"receipts": [free], "on": on, "slip": "0002",
                              "content": b"%PDF-1.7", "by": kate},
        "withdraw_deposit": {"deposit": wrong, "reason": "改日再存", "by": kate},
        "settle_deposit": {"deposit": waiting, "line": line, "by": kate},
    }  # fmt: skip


def _uploads(world, mona):
    given = {"account": world.account, "file_name": "流水.csv", "content": b"raw 3"}
    kinds = {kind: actions.keep_upload(**given, kind=kind, by=mona, at=world.now - timedelta(days=2))
             for kind in UploadKind}  # fmt: skip
    told = statement(9, opening=21_620 * YUAN, on=date(2024, 3, 1))
    more = [bill(world, since=date(2020, 1, 1), until=date(2020, 12, 31))]
    return {
        "keep_upload": given | {"kind": UploadKind.DUES, "by": mona},
        "discard_upload": {"upload": kinds[UploadKind.DUES], "by": mona.token},
        "discard_abandoned_uploads": {"by": HOUSE},
        "take_upload": {"upload": kinds[UploadKind.STATEMENT], "statement": told, "by": mona},
        "bill_upload": {"upload": kinds[UploadKind.DUES], "bills": more, "by": mona},
    }


def _services(world, mona):
    trades = (Trade(5, "43", 200_00, 1_20),)
    content = service_file("wechat", trades)
    by = {"account": world.account, "by": mona}
    return {
        "take_merchant_bill": by | {"bill": read_statement(data=content), "content": content,
                                    "file_name": "账单.csv"},
        "discard_merchant_bill": {"bill": waiting_bill(world), "by": mona},
        "make_transfer_list": by | {"orders": [_held(world, number="62110002")], "profile": "table.xlsx"},
        "withdraw_list": {"listed": one_list(world), "by": mona},
    }  # fmt: skip


def _accounts(world, mona, account):
    by = {"by": mona}
    fresh = {"account": prepared(world, name="另一专户")}
    return {
        "prepare_account": by | {
            "estate": world.estate, "name": "第三专户", "holder": world.collector,
            "creditor": world.company, "debtor": world.developer, "invoicer": world.company,
            "agreement": AgreementKind.NOTARY, "bank": "某公证处", "bank_number": "1",
        },
        "add_paper": by | fresh | {"kind": Kind.MANDATE, "title": "委托书",
                                   "signed_on": date(2024, 2, 1), "content": b"scan"},
        "add_purpose": by | fresh | {"code": "lifts", "name": "电梯"},
        "open_account": by | fresh | {"terms": terms(world)},
        "set_policy": by | {"account": prepared(world, name="第四专户"), "terms": terms(world),
                            "order": None},
        "freeze_account": by | {"account": open_account(world, name="第五专户"),
                                "document": "(2024)湘01执1号", "content": b"scan"},
        "end_freeze": by | {"freeze": _elsewhere(world), "document": "解冻", "content": b"scan 2"},
    }  # fmt: skip


def _orders(world, order, ready, held, on_paper, key, row):
    people, account = world.people, world.account
    mona = {"by": people["Mona"]}
    return {
        "make_order": mona | {"account": account, "fund": world.fire, "amount": 5 * YUAN,
                              "payee": payee()},
        "order_policy": mona | {"account": account, "terms": terms(world)},
        "approve_order": {"order": order, "assertion": key.sign(bytes(order.digest)), "key": row,
                          "by": people["Nils"]},
        "enter_sheet": mona | {"order": order, "person": people["Judy"], "sheet": b"%PDF-1.7"},
        "check_sheet": {"sheet": on_paper, "by": people["Kate"]},
        "stop_order": mona | {"order": order, "reason": "有误"},
        "carry_out": mona | {"order": ready},
        "return_order": mona | {"order": held},
    }  # fmt: skip


def _advances(world, emergency):
    bob, erin, mona = (world.people[name] for name in ("Bob", "Erin", "Mona"))
    return {
        "make_advance": {"case": world.case, "amount": 5 * YUAN, "what": "清障",
                         "receipt": b"%PDF-1.7", "leader": erin, "by": bob},
        "repay_advance": {"advance": advanced(world), "organisation": world.company, "by": erin},
        "order_repayment": {"advance": _covered(world, emergency), "account": world.account,
                            "bank": "某银行", "number": "6222", "by": mona},
    }  # fmt: skip


def _held(world, **to):
    order = approved(world, ordered(world, payee=payee(**to)))
    actions.carry_out(order=order, by=world.people["Mona"], at=world.now)
    return order


def _dispute(world):
    by = {"by": world.people["Mona"], "at": world.now}
    billed(world, bill(world, since=date(2021, 1, 1), until=date(2021, 12, 31)), file=b"older")
    due = world.account.receivables.get(home=world.home).dues.order_by("period").first()
    return actions.dispute_due(due=due, reason="空置", **by)


def _elsewhere(world):
    account = open_account(world, name="第六专户")
    return actions.freeze_account(
        account=account, document="(2024)湘01执2号", content=b"scan",
        by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def _covered(world, emergency):
    """Money set aside for emergencies, so that an advance can be repaid out of it."""
    given = {"account": world.account, "fund": world.fire, "purpose": emergency, "reason": "应急"}
    by = {"by": world.people["Mona"], "at": world.now}
    order = actions.order_earmark(**given, amount=300 * YUAN, **by)
    actions.carry_out(order=approved(world, order), **by)
    return advanced(world)
