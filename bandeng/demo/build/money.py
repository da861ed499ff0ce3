"""The supervised account: opened, dues handed over, payments matched, a first sum paid out.

The account's papers, its rules, every sum beyond the page's words, the payment to the builder
and the repayment of the advance are invented.
"""

from datetime import date, datetime
from random import Random

from bandeng.demo import bank
from bandeng.demo.build.stage import Stage, clock, photo
from bandeng.demo.dues import DuePlan, dues
from bandeng.funds import actions, reads
from bandeng.funds.models import (
    AgreementKind,
    LedgerAccount,
    Order,
    PaperKind,
    Receivable,
    Signature,
    Supervision,
)
from bandeng.funds.rules.matching import Queue
from bandeng.funds.rules.statements import read_statement
from bandeng.people.actions import relate_home
from bandeng.people.models import RelationKind
from bandeng.places.models import Home

YUAN = 100
NOTE = "虚构演示"
PAPERS = {
    PaperKind.AGREEMENT: "三方监管协议",
    PaperKind.MANDATE: "物业费催收委托书",
    PaperKind.INVOICING: "开票责任说明",
    PaperKind.ACKNOWLEDGEMENT: "开发商欠款确认书",
}
ENDS = (date(2024, 9, 30), date(2024, 10, 15), date(2024, 10, 31), date(2024, 11, 15))
PAID_BACK, FIRST_SUM = 1_860 * YUAN, 260_000 * YUAN
HOUSEHOLD = 300 * YUAN


def open_the_account(*, stage: Stage, seed: int) -> None:
    """Prepare and open the account, then hand the overdue fees over for collection."""
    who, bodies = stage.people, stage.organisations
    by = who["collector"]
    account = actions.prepare_account(
        estate=stage.estate, name="消防设施专项监管账户", holder=bodies["collector"],
        creditor=bodies["property"], debtor=bodies["developer"], invoicer=bodies["property"],
        agreement=AgreementKind.BANK, bank="演示银行株洲支行", bank_number=bank.OWN,
        by=by, at=clock(2024, 8, 28),
    )  # fmt: skip
    for kind, title in PAPERS.items():
        actions.add_paper(
            account=account, kind=kind, title=f"{title}({NOTE})", signed_on=date(2024, 8, 30),
            content=photo(tint=(120, 110, 90)).getvalue(), by=by, at=clock(2024, 8, 30, 15),
            amount=dues_total(stage, seed) if kind == PaperKind.ACKNOWLEDGEMENT else None,
        )  # fmt: skip
    actions.add_purpose(
        account=account, code="fire_safety", name="消防设施", takes_dues=True,
        goal=dues_total(stage, seed), by=by, at=clock(2024, 8, 30, 16),
    )  # fmt: skip
    stage.account = actions.open_account(
        account=account, terms=_terms(stage), by=by, at=clock(2024, 9, 2)
    )
    _bill(stage, dues(plan=stage.plan, seed=seed))


def dues_total(stage: Stage, seed: int) -> int:
    """Give what all homes owe together, in fen."""
    return sum(due.amount for due in dues(plan=stage.plan, seed=seed))


def _terms(stage: Stage) -> actions.Terms:
    who = stage.people
    two = {Supervision.OWNERS: 1, Supervision.DEPUTY: 1}
    return actions.Terms(
        supervisors={
            Supervision.OWNERS: [who["resident"]],
            Supervision.DEPUTY: [who["deputy"]],
            Supervision.SUBDISTRICT: [who["director"]],
        },
        bands=[
            actions.Band(50_000 * YUAN, two),
            actions.Band(3_000_000 * YUAN, two | {Supervision.SUBDISTRICT: 1}),
        ],
        fee_limit=200 * YUAN,
    )


def _bill(stage: Stage, planned: tuple[DuePlan, ...]) -> None:
    homes = {
        (home.building.number, home.entrance, home.number): home
        for home in Home.objects.filter(building__estate=stage.estate).select_related(
            "building__estate"
        )
    }
    bills = [
        actions.Bill(
            home=homes[str(due.home.building), str(due.home.entrance), due.home.number],
            since=due.since, until=date(2024, 8, 31), months=due.months, rate=due.rate,
            floor_area=due.home.floor_area, amount=due.amount, due_on=date(2024, 8, 31),
        )
        for due in planned
    ]  # fmt: skip
    actions.bill_dues(
        account=stage.account, bills=bills, file_name=f"{stage.plan.name}欠费清册.xlsx",
        content=repr(planned).encode(), by=stage.people["collector"], at=clock(2024, 9, 3),
    )  # fmt: skip
    stage.dues = dict(zip([bill.home.pk for bill in bills], planned, strict=True))
    _state_the_accounts(stage)


def _state_the_accounts(stage: Stage) -> None:
    """Each home gets its statement of account before any notice; the creditor seals the list."""
    by = stage.people["collector"]
    drawn = actions.draw_up(
        account=stage.account, receivables=list(stage.account.receivables.all()), by=by,
        at=clock(2024, 9, 4),
    )  # fmt: skip
    actions.sign_reckonings(
        account=stage.account, reckonings=drawn, signature=Signature.POSTED,
        signed_on=date(2024, 9, 6), content=photo(tint=(140, 130, 110)).getvalue(), by=by,
        at=clock(2024, 9, 7),
    )  # fmt: skip


def collect(*, stage: Stage) -> None:
    """Take four statements in, match what is certain, ask two people about some of the rest."""
    _household(stage)
    lines = _payments(stage)
    since = 0
    for number, end in enumerate(ENDS):
        until = sum(1 for line in lines if line.at.date() <= end)
        told = lines[max(0, since - 3) : until]  # each file overlaps with the one before
        write = bank.as_csv if number < 2 else bank.as_page
        at = clock(end.year, end.month, end.day, 21)
        _take(stage, write(lines=told), f"流水{end:%Y%m%d}.{'csv' if number < 2 else 'xls'}", at)
        since = until
    _take(stage, bank.as_page(lines=told), "流水20241115(1).xls", clock(2024, 11, 15, 22))
    _ask_two(stage)


def _household(stage: Stage) -> None:
    """The residents' representative pays for a home that owes."""
    place = stage.account.receivables.select_related("home").order_by("pk").first()
    assert place is not None  # noqa: S101  # every plan has homes that owe
    relate_home(
        person=stage.people["resident"], home=place.home, kind=RelationKind.PAYER,
        since_on=date(2024, 9, 1), source=NOTE, by=stage.people["worker"].token, at=clock(2024, 9, 5),
    )  # fmt: skip
    stage.household = place


def _payments(stage: Stage) -> list[bank.Payment]:
    places = stage.account.receivables.exclude(pk=stage.household.pk).order_by("pk")
    pairs = [(stage.dues[place.home_id], place.reference) for place in places]
    dice = Random(len(pairs))  # noqa: S311
    made = bank.payments(dues=pairs, dice=dice)
    first = bank.Payment(
        datetime(2024, 9, 8, 10, 12), HOUSEHOLD, stage.people["resident"].name,  # noqa: DTZ001  # a bank's local time
        "6217000000000000", stage.household.reference,
    )  # fmt: skip
    return bank.balanced(payments=[first, *made], opening=0)


def _take(stage: Stage, content: bytes, name: str, at: datetime) -> None:
    by = stage.people["collector"]
    actions.take_statement(
        account=stage.account, statement=read_statement(data=content), content=content,
        file_name=name, by=by, at=at,
    )  # fmt: skip
    sure = [(one.line, one.rule, one.shares) for one in reads.certain(account=stage.account)]
    actions.match_lines(matches=sure, by=by, at=at)


def _ask_two(stage: Stage) -> None:
    """One person proposes whose some payments are, another confirms."""
    at = clock(2024, 11, 18)
    asked = [
        (line, decision.candidates[0])
        for line, decision in reads.decisions(account=stage.account).items()
        if isinstance(decision, Queue) and decision.candidates
    ]
    for line, candidate in asked:
        if candidate.fits and len(candidate.homes) == 1:
            place = Receivable.objects.get(pk=int(str(candidate.homes[0])))
            proposal = actions.propose_match(
                line=line, shares={place: line.amount}, by=stage.people["collector"], at=at
            )
            actions.confirm_match(proposal=proposal, by=stage.people["checker"], at=at)


def advance_for_the_facade(*, stage: Stage) -> None:
    """The officer pays at once, the director agrees; the developer pays it back."""
    who = stage.people
    advance = actions.make_advance(
        case=stage.cases["facade"], amount=PAID_BACK, what="铲除松动外墙砖的人工和吊车",
        receipt=photo(tint=(140, 120, 80)).getvalue(), leader=who["director"],
        by=who["officer"], at=clock(2024, 10, 18, 21, 30),
    )  # fmt: skip
    actions.repay_advance(
        advance=advance, organisation=stage.organisations["developer"],
        by=who["officer"], at=clock(2024, 11, 5),
    )  # fmt: skip


def pay_the_builder(*, stage: Stage) -> None:
    """Order a first sum for the works; three roles sign on paper; the bank carries it out."""
    fire = stage.account.ledger_accounts.get(code=stage.account.purpose_code())
    amount = min(FIRST_SUM, fire.balance.free // 3)
    order = _order(stage, fire, amount)
    for key in ("resident", "deputy", "director"):
        _sign(stage, order, key)
    actions.carry_out(order=order, by=stage.people["collector"], at=clock(2024, 11, 14, 10))
    last = stage.account.statements.latest("pk")
    line = bank.Payment(
        datetime(2024, 11, 18, 15, 20), -amount, "演示消防工程公司", "43009999",  # noqa: DTZ001
        f"工程款 {order.token.hex[:12].upper()}", last.closing - amount,
    )  # fmt: skip
    _take(stage, bank.as_page(lines=[line]), "流水20241118.xls", clock(2024, 11, 18, 21))


def _order(stage: Stage, fund: LedgerAccount, amount: int) -> Order:
    payee = actions.Payee(
        name="演示消防工程公司", bank="演示银行", number="43009999", purpose="消防工程首期款",
        basis="施工合同第六条",
    )  # fmt: skip
    return actions.make_order(
        account=stage.account,
        fund=fund,
        amount=amount,
        payee=payee,
        by=stage.people["collector"],
        at=clock(2024, 11, 12),
    )


def _sign(stage: Stage, order: Order, key: str) -> None:
    sheet = actions.enter_sheet(
        order=order, person=stage.people[key], sheet=photo(tint=(100, 100, 130)).getvalue(),
        by=stage.people["collector"], at=clock(2024, 11, 13, 10),
    )  # fmt: skip
    actions.check_sheet(sheet=sheet, by=stage.people["checker"], at=clock(2024, 11, 13, 11))
