"""An attack for every guard of the money's tables, in SQL, as the owner would try it.

`ids` gives the names in braces. A guard is `table.name`. Where a second guard would refuse the
same (belt and braces), the table names it: both must then be away before the wrong goes in.
"""

from dataclasses import dataclass

# A transfer that nothing refuses: a home is billed. Each attack makes one thing of it wrong.
SOUND = {
    "number": "(SELECT size FROM funds_head)", "phase": "'post'", "debit_id": "{home}",
    "credit_id": "{uncollected}", "amount": "5", "hold_id": "NULL", "reverses_id": "NULL",
    "order_id": "NULL", "line_id": "NULL", "key": "gen_random_uuid()::text", "at": "'{at}'",
    "recorded_at": "now()", "leaf": "'x'",
}  # fmt: skip
TOKEN = {"token": "gen_random_uuid()"}


def values(**of):
    return "(" + ", ".join(of.values()) + ")"


def moves(*wrongs):
    rows = [
        SOUND | {"number": f"(SELECT size + {n} FROM funds_head)"} | wrong
        for n, wrong in enumerate(wrongs)
    ]
    columns = ", ".join(SOUND)
    return (
        f"INSERT INTO funds_transfer ({columns}) VALUES {', '.join(values(**row) for row in rows)}"
    )


def move(**wrong):
    return moves(wrong)


def copy(table, where, **changes):
    """Insert the row again, with a number of its own and what else is said."""
    given = ", ".join(f"'{name}', {value}" for name, value in changes.items())
    return (
        f"INSERT INTO funds_{table} SELECT (jsonb_populate_record(r, "
        f"jsonb_build_object({given}))).* FROM funds_{table} r WHERE {where}"
    )


@dataclass(frozen=True)
class Attack:
    sql: tuple[str, ...]
    says: str = ""  # else the guard's own name
    braces: tuple[str, ...] = ()  # the guards that would refuse it too
    look: str = ""  # a guard that sets right instead of refusing: what then differs


def attack(*sql, says="", braces="", look=""):
    return Attack(sql, says, tuple(braces.split()), look)


N = "(SELECT max(id) + 1 FROM funds_{})".format
PAID = {"debit_id": "{suspense}", "credit_id": "{home}", "amount": "700"}
GAINED = {"debit_id": "{uncollected}", "credit_id": "{fire}", "amount": "700"}
BACK = moves(
    {"debit_id": "{home}", "credit_id": "{suspense}", "amount": "500", "reverses_id": "{paid}"},
    {"debit_id": "{fire}", "credit_id": "{uncollected}", "amount": "500", "reverses_id": "{gained}"},
)  # fmt: skip
VOID = move(phase="'void'", debit_id="{fire}", credit_id="{bank}", amount="30000",
            hold_id="{hold}", order_id="{held}")  # fmt: skip
NO_HOLD = {"phase": "'void'", "debit_id": "{fire}", "credit_id": "{bank}"}

TRANSFERS = {
    "transfer.transfer_phase_known": attack(
        move(phase="'gift'", debit_id="{fire}", credit_id="{bank}"), braces="transfer.transfer_ends_a_hold transfer.guard"
    ),
    "transfer.transfer_between_two": attack(move(credit_id="{home}"), braces="transfer.guard"),
    "transfer.transfer_moves_something": attack(move(amount="0")),
    "transfer.transfer_number_counts": attack(move(number="-1"), braces="transfer.apply"),
    "transfer.transfer_ends_a_hold": attack(move(**NO_HOLD)),
    "transfer.transfer_reverses_by_posting": attack(
        move(phase="'hold'", debit_id="{home}", credit_id="{suspense}", amount="500",
             reverses_id="{paid}"),
        braces="transfer.guard",
    ),
    "transfer.transfer_not_of_the_future": attack(move(at="now() + interval '1 day'")),
    "transfer.transfer_key_once": attack(
        move(key="(SELECT key FROM funds_transfer ORDER BY number LIMIT 1)")
    ),
    "transfer.transfer_line_once": attack(
        move(debit_id="{bank}", credit_id="{suspense}", amount="500", line_id="{line}")
    ),
    "transfer.transfer_reverses_once": attack(BACK, BACK),
    "transfer.transfer_hold_once": attack(VOID, VOID),
    "transfer.order_is_used_once": attack(
        move(phase="'hold'", debit_id="{fire}", credit_id="{bank}", amount="30000",
             order_id="{held}")
    ),
    "transfer.append_only": attack(
        "UPDATE funds_transfer SET amount = amount + 1 WHERE number = 0", says="is append-only"
    ),
    "transfer.apply": attack(
        move(number="(SELECT size + 5 FROM funds_head)"), says="number: expected"
    ),
    "transfer.guard": attack(
        move(debit_id="{fire}", credit_id="{emergency}"), says="approved order only"
    ),
}  # fmt: skip
# What a foreign key would refuse, and more, is the triggers' to refuse: by guard, what they say.
NOBODY = "(SELECT max(number) + 1000 FROM funds_transfer)"
NOT_THERE = (
    ("transfer.apply", attack(
        move(**NO_HOLD, hold_id=NOBODY, order_id="{held}"), says="does not fit its hold"
    )),
    ("transfer.apply", attack(
        move(**NO_HOLD, amount="29999", hold_id="{hold}", order_id="{held}"),
        says="does not fit its hold",
    )),
    ("transfer.apply", attack(
        BACK.replace("{paid}", NOBODY).replace("{gained}", NOBODY + " + 1"),
        says="does not reverse what it names",
    )),
    ("transfer.apply", attack(
        BACK.replace("{paid}", "(SELECT size FROM funds_head) + 1").replace("{gained}", "0"),
        says="does not reverse what it names",
    )),
    ("transfer.guard", attack(
        move(debit_id="{bank}", credit_id="{suspense}", amount="500", line_id="999999"),
        says="does not fit its statement line",
    )),
    ("transfer.guard", attack(
        move(debit_id="{bank}", credit_id="{suspense}", amount="501", line_id="{line}"),
        says="does not fit its statement line",
    )),
)  # fmt: skip
BALANCES = {
    "balance.never_overdrawn": attack(
        moves(PAID | {"amount": "99999999"}, GAINED | {"amount": "99999999"})
    ),
    "balance.balance_counts_up": attack(
        move(**NO_HOLD | {"amount": "99999999"}), braces="transfer.transfer_ends_a_hold"
    ),
    "balance.balance_is_of_its_account": attack(
        "UPDATE funds_balance SET floor = false WHERE account_id = {fire}",
        braces="balance.by_transfer_only",
    ),
    "balance.by_transfer_only": attack(
        "UPDATE funds_balance SET credit = credit + 1 WHERE account_id = {fire}",
        says="moved by a transfer only",
    ),
    "balance.never_emptied": attack("TRUNCATE funds_balance", says="is append-only"),
    "head.ledger_has_one_head": attack("INSERT INTO funds_head VALUES (false, 0, now())"),
    "head.by_transfer_only": attack(
        "UPDATE funds_head SET size = 0", says="moved by a transfer only"
    ),
    "head.never_emptied": attack("TRUNCATE funds_head", says="is append-only"),
}


def book(code, chart="1122", normal="1", floor="false", guarded="false"):
    return (
        "INSERT INTO funds_ledgeraccount (account_id, code, chart, normal, floor, guarded) "
        f"VALUES ({{account}}, {code}, '{chart}', {normal}, {floor}, {guarded})"
    )


CODE = "(SELECT code FROM funds_supervisedaccount WHERE id = {account})"
BOOKS = {
    "ledgeraccount.ledger_code_says_what_it_is": attack(book("'Bank'")),
    "ledgeraccount.ledger_chart_once": attack(
        book(CODE + " || '/2900/two'", "2900", "-1", "true", "false")
    ),
    "ledgeraccount.ledger_chart_decides": attack(
        book(CODE + " || '/3101/loose'", "3101", "-1", "false", "true")
    ),
    "ledgeraccount.funds_ledgeraccount_code_key": attack(
        book("(SELECT code FROM funds_ledgeraccount WHERE id = {home})")
    ),
    "ledgeraccount.open_balance": attack(
        book(CODE + " || '/1122/new'"),
        look="SELECT count(*) FROM funds_balance b JOIN funds_ledgeraccount a "
        "ON a.id = b.account_id WHERE a.code LIKE '%/1122/new'",
    ),
    "ledgeraccount.append_only": attack(
        "UPDATE funds_ledgeraccount SET code = overlay(code placing 'ffffffffffff' from 1 for 12) "
        "WHERE id = {suspense}", says="is append-only",
    ),
    "supervisedaccount.account_code_12_digits": attack(
        "UPDATE funds_supervisedaccount SET code = 'x' WHERE id = {account}"
    ),
    "supervisedaccount.account_named_once": attack(
        copy("supervisedaccount", "id = {account}", id="99", code="'ffffffffffff'",
             thread_id="{thread}", **TOKEN)
    ),
    "supervisedaccount.funds_supervisedaccount_code_key": attack(
        copy("supervisedaccount", "id = {account}", id="99", name="'x'",
             thread_id="{thread}", **TOKEN)
    ),
    "accountpaper.paper_kind_known": attack(
        copy("accountpaper", "id = {paper}", id="99", kind="'letter'")
    ),
    "accountpaper.paper_has_its_sha256": attack(
        copy("accountpaper", "id = {paper}", id="99", sha256="'\\x00'")
    ),
    "accountpaper.append_only": attack(
        "UPDATE funds_accountpaper SET title = 'x'", says="is append-only"
    ),
    "accountpurpose.purpose_code": attack(
        copy("accountpurpose", "account_id = {account}", id="99", code="'Fire'", takes_dues="false")
    ),
    "accountpurpose.purpose_coded_once": attack(
        copy("accountpurpose", "account_id = {account}", id="99", takes_dues="false")
    ),
    "accountpurpose.purpose_of_dues_once": attack(
        copy("accountpurpose", "account_id = {account}", id="99", code="'lifts'")
    ),
}  # fmt: skip
NEXT = {"id": "(SELECT max(id) + 1 FROM funds_statement)", "before_id": "{statement}", "count": "0",
        "sha256": "'\\x01'", **TOKEN}  # fmt: skip
ONWARDS = NEXT | {"opening": "{closing}", "closing": "{closing}"}


def statement(**wrong):
    return copy("statement", "id = {statement}", **ONWARDS | wrong)


STATEMENTS = {
    "statement.statement_first_once": attack(
        statement(before_id="NULL::bigint", opening="0", closing="0")
    ),
    "statement.statement_file_once": attack(
        statement(sha256="(SELECT sha256 FROM funds_statement WHERE id = {statement})")
    ),
    "statement.statement_days": attack(statement(until_on="'2024-02-28'", since_on="'2024-03-01'")),
    "statement.funds_statement_before_id_key": attack(
        statement(before_id="{second}", opening="{second_closing}", closing="{second_closing}")
    ),
    "statement.chain": attack(statement(count="1"), says="does not add up"),
    "statement.append_only": attack("UPDATE funds_statement SET closing = 0", says="append-only"),
    "line.line_numbered_once": attack(copy("line", "id = {line}", id="999000000", **TOKEN)),
    "line.line_moves_something": attack(
        copy("line", "id = {line}", id="999000000", n="9", amount="0", **TOKEN),
        braces="line.within",
    ),
    "line.within": attack(
        copy("line", "id = {line}", id="999000000", n="9", **TOKEN), says="has no such line"
    ),
    "line.append_only": attack("UPDATE funds_line SET amount = amount + 1", says="append-only"),
}
