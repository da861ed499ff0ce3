"""Attacks on statements of account, instalments, cash and printings; and the rows they need."""

from datetime import date

from bandeng.funds import actions
from bandeng.funds.models import Printing, PrintKind, PrintPart
from bandeng.funds.tests.guards import TOKEN, attack, copy
from bandeng.funds.tests.world import asked, banked, bill, billed, cash, signed, with_cash

ID = {"id": "999000000"}


def rows(world):
    """Let there be a row of each kind; the home owes for one more year."""
    by = {"by": world.people["Mona"], "at": world.now}
    billed(world, bill(world, since=date(2024, 1, 1), until=date(2024, 12, 31)), file=b"2024")
    with_cash(world)
    cash(world, yuan=5)
    banked(world, cash(world, yuan=6), on=date(2024, 3, 1))
    signed(world)
    asked(world, parts=2)
    place = world.account.receivables.get(home=world.home)
    drawn = actions.draw_up(account=world.account, receivables=[place], **by)
    printing = Printing.objects.create(
        account=world.account, kind=PrintKind.RECKONINGS, rows=[drawn[0].pk], total=1,
        by=world.people["Mona"].token, at=world.now,
    )  # fmt: skip
    PrintPart.objects.create(printing=printing, first=0, content=b"%PDF-")


ATTACKS = {
    "accountpurpose.purpose_goal": attack("UPDATE funds_accountpurpose SET goal = 0"),
    "cash.cash_numbered_once": attack(
        copy("cash", "number = 1", **ID, **TOKEN), braces="cash.guard"
    ),
    "cash.cash_is_something": attack(
        copy("cash", "number = 1", **ID, **TOKEN, number="3", amount="0")
    ),
    "cash.cash_void_says_why": attack("UPDATE funds_cash SET voided_at = now() WHERE number = 1"),
    "cash.cash_book_named": attack(
        copy("cash", "number = 1", **ID, **TOKEN, book="'a b'", number="1")
    ),
    "cash.guard": attack("UPDATE funds_cash SET amount = 7", says="never changed"),
    "cashdeposit.deposit_is_something": attack("UPDATE funds_cashdeposit SET amount = 0"),
    "cashdeposit.deposit_settled_or_withdrawn": attack(
        "UPDATE funds_cashdeposit SET line_id = {line}, withdrawn_at = now()"
    ),
    "cashdeposit.funds_cashdeposit_line_id_key": attack(
        "UPDATE funds_cashdeposit SET line_id = {line}", copy("cashdeposit", "true", **ID, **TOKEN)
    ),
    "reckoningpaper.reckoning_signature_known": attack(
        copy("reckoningpaper", "true", **ID, signature="'x'")
    ),
    "reckoningpaper.append_only": attack(
        "UPDATE funds_reckoningpaper SET signed_on = '2020-01-01'", says="is append-only"
    ),
    "reckoneddue.reckoned_once": attack(
        copy("reckoneddue", "id = (SELECT max(id) FROM funds_reckoneddue)", **ID)
    ),
    "reckoneddue.reckoned_something": attack(
        copy("reckoneddue", "id = (SELECT max(id) FROM funds_reckoneddue)", **ID, open="0"),
        braces="reckoneddue.reckoned_once",
    ),
    "reckoneddue.append_only": attack("DELETE FROM funds_reckoneddue", says="is append-only"),
    "plan.plan_one_stands": attack(copy("plan", "true", **ID, **TOKEN)),
    "plan.plan_is_something": attack("UPDATE funds_plan SET total = 0"),
    "plan.plan_asked_by_the_household": attack("UPDATE funds_plan SET own = false"),
    "plan.plan_answered_with_a_source": attack("UPDATE funds_plan SET accepted = true"),
    "instalment.instalment_numbered_once": attack(
        copy("instalment", "n = 1", **ID), braces="instalment.adds_up"
    ),
    "instalment.instalment_is_something": attack(
        copy("instalment", "n = 1", **ID, n="9", amount="0")
    ),
    "instalment.adds_up": attack(copy("instalment", "n = 1", **ID, n="9"), says="do not add up"),
    "instalment.append_only": attack("DELETE FROM funds_instalment", says="is append-only"),
    "printing.printing_state_known": attack("UPDATE funds_printing SET state = 'x'"),
    "printing.printing_done_of_total": attack("UPDATE funds_printing SET done = 2"),
    "printpart.print_part_once": attack(copy("printpart", "true", **ID)),
}
