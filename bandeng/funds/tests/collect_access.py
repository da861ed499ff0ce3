"""Who may open the addresses of collecting; columns as in tests/access.py.

Alice owns the home that owes. Bob, Charlie and Dora collect nothing; the collector's own way is
walked in tests/test_collect_pages.py.
"""

from datetime import date

from django.utils.timezone import localdate

from bandeng.funds import actions
from bandeng.funds.models import PrintKind, UploadKind
from bandeng.funds.tests.world import (
    asked,
    banked,
    bill,
    billed,
    cash,
    received,
    waiting_bill,
    with_cash,
)
from bandeng.trail.models import Witness

OWN = (200, 404, 404, 404, 302)  # the home's people alone
SIGNED_IN = (200, 200, 200, 200, 302)
BOOKS = (403, 403, 404, 404, 302)  # the account is seen, its books are not theirs
LOCKED = {"GET": BOOKS, "POST": BOOKS}
OFFICERS = (403, 403, 403, 403, 302)  # the subdistrict's alone: Erin in tests/test_witnesses.py
SEEN = (200, 200, 404, 404, 302)  # whoever sees the account
MINE = (403, 404, 404, 404, 302)  # one's own home, but the collector's to do
THEIRS = {"GET": MINE, "POST": MINE}
NOBODYS = (404, 404, 404, 404, 302)  # whoever collects
NOT_YET = (404, 404, 404, 404, 302)  # the payment awaits the log

ACCESS = {
    "funds:homes": {"GET": SIGNED_IN},
    "funds:home": {"GET": OWN},
    "funds:household_file": {"GET": OWN},
    "funds:payment_proof": {"GET": NOT_YET},
    "funds:claim_paid": {"GET": OWN, "POST": OWN},
    "funds:dispute_due": {"GET": OWN, "POST": OWN},
    "funds:statements": {"GET": BOOKS},
    "funds:take_statement": LOCKED,
    "funds:check_statement": LOCKED,
    "funds:statement": {"GET": BOOKS},
    "funds:bills": {"GET": BOOKS},
    "funds:discard_bill": LOCKED,
    "funds:witnesses": {"GET": OFFICERS},
    "funds:register_witness": {"GET": OFFICERS, "POST": OFFICERS},
    "funds:retire_witness": {"GET": OFFICERS, "POST": OFFICERS},
    "funds:transfer_lists": {"GET": BOOKS},
    "funds:make_list": LOCKED,
    "funds:transfer_list": {"GET": BOOKS},
    "funds:transfer_list_file": {"GET": BOOKS},
    "funds:withdraw_list": LOCKED,
    "funds:matching": {"GET": BOOKS},
    "funds:dues": {"GET": BOOKS},
    "funds:answers": {"GET": BOOKS},
    "funds:notices": {"GET": BOOKS},
    "funds:print_notices": LOCKED,
    "funds:print_reckonings": LOCKED,
    "funds:printing": {"GET": NOBODYS},
    "funds:printed_file": {"GET": NOBODYS},
    "funds:cancel_printing": {"GET": NOBODYS, "POST": NOBODYS},
    "funds:reckonings": {"GET": BOOKS},
    "funds:seal_reckonings": LOCKED,
    "funds:draw_up": THEIRS,
    "funds:reckoning": {"GET": OWN},
    "funds:reckoning_sheet": {"GET": OWN},
    "funds:reckoning_paper": {"GET": NOT_YET},
    "funds:sign_reckoning": THEIRS,
    "funds:confirm_reckoning": {"GET": OWN, "POST": OWN},
    "funds:ask_plan": {"GET": OWN, "POST": OWN},
    "funds:answer_plan": THEIRS,
    "funds:end_plan": {"GET": OWN, "POST": OWN},
    "funds:plan_paper": {"GET": NOT_YET},
    "funds:plans": {"GET": BOOKS},
    "funds:cash": {"GET": BOOKS},
    "funds:allow_cash": LOCKED,
    "funds:spoil_receipt": LOCKED,
    "funds:bank_cash": LOCKED,
    "funds:receive_cash": THEIRS,
    "funds:cash_receipt": {"GET": OWN},
    "funds:void_cash": THEIRS,
    "funds:settle_deposit": LOCKED,
    "funds:withdraw_deposit": LOCKED,
    "funds:deposit_slip": {"GET": BOOKS},
    "funds:payment_receipt": {"GET": OWN},
    "funds:lobby": {"GET": SEEN},
    "funds:lobby_statement": {"GET": SEEN},
    "funds:audit": {"GET": (403, 403, 403, 403, 302)},
    "funds:statement_of_account": {"GET": OWN},
    "funds:answer_claim": THEIRS,
    "funds:decide_dispute": THEIRS,
    "funds:log_reminder": THEIRS,
    "funds:bill_dues": LOCKED,
    "funds:check_dues": LOCKED,
    "funds:match_certain": LOCKED,
    "funds:propose_match": LOCKED,
    "funds:confirm_match": LOCKED,
    "funds:unmatch": THEIRS,
}
BY_ACCOUNT = (
    "statements",
    "take_statement",
    "matching",
    "match_certain",
    "dues",
    "bill_dues",
    "answers",
    "notices",
    "lobby",
    "bills",
    "transfer_lists",
    "make_list",
    "print_notices",
    "print_reckonings",
    "reckonings",
    "seal_reckonings",
    "plans",
    "cash",
    "allow_cash",
    "spoil_receipt",
    "bank_cash",
)
BY_RECKONING = (
    "reckoning", "reckoning_sheet", "reckoning_paper", "sign_reckoning", "confirm_reckoning",
)  # fmt: skip


def things(world):
    """Add, once, a receipt that waits with a proposal, and a file that is looked at."""
    if not hasattr(world, "proposal"):
        by = {"by": world.people["Mona"], "at": world.now}
        place = world.account.receivables.get(home=world.home)
        line = received(world, 700).lines.get()
        world.proposal = actions.propose_match(line=line, shares={place: 100}, **by)
        alice = {"by": world.people["Alice"], "at": world.now}
        world.claim = actions.claim_paid(receivable=place, text="已交", **alice)
        older = bill(world, since=date(2019, 1, 1), until=date(2019, 12, 31))
        billed(world, older, file=b"2019")
        due = place.dues.earliest("period")
        world.dispute = actions.dispute_due(due=due, reason="空置", **alice)
        world.bill = waiting_bill(world)
        _papers(world, place, by)
        world.uploads = {
            kind: actions.keep_upload(
                account=world.account, kind=kind, file_name="流水.csv", content=b"raw", **by
            )
            for kind in UploadKind
        }


def _papers(world, place, by):
    world.reckoning = actions.draw_up(account=world.account, receivables=[place], **by)[0]
    world.printing = actions.start_printing(account=world.account, kind=PrintKind.RECKONINGS, **by)
    world.plan = asked(world)
    with_cash(world)
    world.cash = cash(world)
    world.deposit = banked(world, cash(world, yuan=210), on=localdate(world.now))
    world.cash_line = received(world, 210, on=localdate(world.now)).lines.get()


def values(world):
    things(world)
    account, line = {"pk": world.account.pk}, world.proposal.line
    place = world.account.receivables.get(home=world.home)
    home = {"pk": place.pk}
    return {
        "home": home,
        "household_file": home,
        "claim_paid": home,
        "payment_proof": home | {"number": place.allocations.earliest("pk").paid_id},
        **dict.fromkeys(BY_ACCOUNT, account),
        "check_dues": {"token": world.uploads[UploadKind.DUES].token},
        "check_statement": {"token": world.uploads[UploadKind.STATEMENT].token},
        "retire_witness": {"pk": Witness.objects.earliest("pk").pk},
        "discard_bill": {"pk": world.bill.pk},
        **dict.fromkeys(
            ("transfer_list", "transfer_list_file", "withdraw_list"),
            account | {"list": world.list.pk},
        ),
        **{key: {"pk": world.reckoning.pk} for key in BY_RECKONING},
        **{key: {"pk": world.plan.pk} for key in ("answer_plan", "end_plan", "plan_paper")},
        **dict.fromkeys(("draw_up", "ask_plan", "receive_cash"), home),
        **{key: {"pk": world.cash.pk} for key in ("cash_receipt", "void_cash")},
        **{key: {"pk": world.deposit.pk} for key in ("withdraw_deposit", "deposit_slip")},
        **{
            key: {"token": world.printing.token}
            for key in ("printing", "printed_file", "cancel_printing")
        },
        "settle_deposit": {"pk": world.deposit.pk, "line": world.cash_line.pk},
        "payment_receipt": home | {"number": place.allocations.earliest("pk").paid_id},
        "lobby_statement": account | {"year": 2024, "month": 2},
        "statement_of_account": home,
        "log_reminder": home,
        "answer_claim": {"pk": world.claim.pk},
        "decide_dispute": {"pk": world.dispute.pk},
        "statement": account | {"statement": line.statement_id},
        "propose_match": account | {"line": line.pk},
        "confirm_match": {"pk": world.proposal.pk},
        "unmatch": {"pk": place.allocations.earliest("pk").pk},
        "dispute_due": {"pk": place.dues.earliest("pk").pk},
    }
