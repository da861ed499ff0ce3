"""Each guard of the books is needed: with it the database refuses, without it the wrong goes in.

As the owner, whom no right holds back: the guard alone stands between. A guard without its
attack fails the test, and so does an attack that something else already refuses.
"""

import psycopg
from psycopg import sql

from bandeng.funds import actions
from bandeng.funds.models import Chart, Due, Policy
from bandeng.funds.tests import paper_guards
from bandeng.funds.tests.files import Trade
from bandeng.funds.tests.guards import NOT_THERE, Attack
from bandeng.funds.tests.more_guards import ATTACKS
from bandeng.funds.tests.world import (
    YUAN,
    approved,
    bill,
    billed,
    matched,
    one_list,
    open_account,
    ordered,
    received,
    terms,
    waiting_bill,
)
from bandeng.places import actions as places_actions
from bandeng.trail.models import Thread
from bandeng.trail.rules import HOUSE

# What Django names itself are tokens and threads (drawn at random) "not negative",
# and a pair of a many-to-many table.
BY_ITSELF = r"_(token|thread_id)_key$|_check$|_fk_|_uniq$"
CONSTRAINTS = """
SELECT c.conname, t.relname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE t.relname LIKE 'funds\\_%%' AND c.contype IN ('c', 'u', 'x', 'f') AND c.conname !~ %s
"""
TRIGGERS = """
SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relname LIKE 'funds\\_%' AND NOT t.tgisinternal
"""
INDEXES = """
SELECT i.relname, t.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relname LIKE 'funds\\_%' AND x.indisunique AND x.indpred IS NOT NULL
"""
FOREIGN = """
SELECT c.conname, t.relname, a.attname, a.atttypid = 'uuid'::regtype
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
WHERE t.relname LIKE 'funds\\_%' AND c.contype = 'f' AND cardinality(c.conkey) = 1
"""
OTHERS = """
SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', t.relname, c.conname)
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE %s::text IN (t.relname, c.confrelid::regclass::text) AND c.contype IN ('c', 'f') AND c.conname <> %s
"""
WITHOUT_A_ROW = {"funds_paidclaim", "funds_reminder", "funds_reminder_dues", "funds_upload"}
REFERRED_TO = {  # no attack: the row's own number is unique already, a foreign key needs them
    "ledgeraccount.ledger_properties",
    "order.order_is_what_is_approved",
}


def guards(owner):
    """Give every guard by `table.name`, with the statement that takes it away."""
    found = {}
    for rows, drop in (
        (owner.execute(CONSTRAINTS, [BY_ITSELF]), "ALTER TABLE {table} DROP CONSTRAINT {name}"),
        (owner.execute(TRIGGERS), "ALTER TABLE {table} DISABLE TRIGGER {name}"),
        (owner.execute(INDEXES), "DROP INDEX {name}"),
    ):
        for name, table in rows:
            words = {"table": sql.Identifier(table), "name": sql.Identifier(name)}
            found[f"{table.removeprefix('funds_')}.{name}"] = sql.SQL(drop).format(**words)
    return found


def everything(world):
    """Let there be a row of each kind, and give what the attacks call them by."""
    by = {"by": world.people["Mona"], "at": world.now}
    account, now = world.account, world.now
    billed(world, bill(world, yuan=20_000))
    line = received(world, 20_000).lines.get()
    matched(world, line)
    lump = received(world, 298, said={1: ("结算", "财付通支付科技有限公司", "")}.items())
    waiting_bill(world, Trade(28, "41", 300_00, 2_00, month=2))
    waiting_bill(world)
    small = received(world, 5).lines.get()
    paid = matched(world, small)[0]
    waits = received(world, 7)
    held = [approved(world, ordered(world, yuan)) for yuan in (300, 400)]
    for order in held:
        actions.carry_out(order=order, **by)
    one_list(world)
    free = ordered(world, 200)
    rules = actions.order_policy(account=account, terms=terms(world, fee_limit=7), **by)
    actions.enter_sheet(order=free, person=world.people["Erin"], sheet=b"scan", **by)
    actions.stop_order(order=ordered(world, 100), reason="x", **by)
    freeze = actions.freeze_account(account=account, document="x", content=b"x", **by)
    actions.end_freeze(freeze=freeze, document="x", content=b"x", **by)
    actions.dispute_due(due=Due.objects.get(), reason="x", **by)
    place = account.receivables.get()
    actions.propose_match(line=waits.lines.get(), shares={place: 7 * YUAN}, **by)
    paper_guards.rows(world)
    advance = actions.make_advance(
        case=world.case, amount=5, what="x", receipt=b"x", leader=world.people["Erin"],
        by=world.people["Bob"], at=now,
    )  # fmt: skip
    advance.order = free
    advance.save()
    other_home = places_actions.add_home(
        building=world.building, entrance="2", number="1503", floor=15, floor_area=1,
        by=HOUSE, at=now,
    )  # fmt: skip
    elsewhere = open_account(world, name="另一专户").ledger_accounts.get(chart=Chart.SUSPENSE)
    chart = {a.chart: a.pk for a in account.ledger_accounts.all()}
    return {
        "account": account.pk, "at": now.isoformat(), "bank": chart["1002"],
        "suspense": chart["2900"], "uncollected": chart["3000"], "emergency": chart["3102"],
        "fire": world.fire.pk, "home": place.ledger_account_id, "receivable": place.pk,
        "line": small.pk, "paid": paid.paid_id, "gained": paid.gained_id, "held": held[0].pk,
        "hold": held[0].transfers.get(phase="hold").number, "free": free.pk, "rules": rules.pk, "statement": waits.pk,
        "closing": waits.closing, "second": small.statement.before_id,
        "second_closing": lump.closing, "approval": held[0].approvals.first().pk,
        "stranger": world.people["Charlie"].pk, "key": world.keys["Nils"][1].pk,
        "paper": account.papers.first().pk, "other_home": other_home.pk,
        "elsewhere": elsewhere.pk, "thread": Thread.objects.create().pk, "document": f"'\\x{bytes(rules.terms_kept.private).hex()}'",
    }  # fmt: skip


def run(owner, attack, ids):
    for line in attack.sql:
        owner.execute(line.format_map(ids))
    owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return owner.execute(attack.look).fetchone() if attack.look else None


def refusal(owner, attack, ids, without):
    """Try it with some guards away. Returns: what the database said, or what is then there."""
    try:
        with owner.transaction(force_rollback=True):
            for drop in without:
                owner.execute(drop)
            return run(owner, attack, ids)
    except psycopg.Error as error:
        return str(error)


def test_each_guard_has_an_attack_and_bites(world, owner):
    found, ids = guards(owner), everything(world)
    assert set(found) == set(ATTACKS) | REFERRED_TO
    toothless, needless = {}, {}
    for name, attack in ATTACKS.items():
        braces = [found[brace] for brace in attack.braces]
        said = refusal(owner, attack, ids, braces)
        then = refusal(owner, attack, ids, [*braces, found[name]])
        if attack.look:
            if said == then:
                toothless[name] = said
        elif (attack.says or name.partition(".")[2]) not in (said or ""):
            toothless[name] = said
        if isinstance(then, str):
            needless[name] = then
    assert (toothless, needless) == ({}, {})
    assert Policy.objects.count() == 2  # nothing of it stayed


def test_what_is_named_must_be_there_and_fit(world, owner):
    found, ids = guards(owner), everything(world)
    once = [found[f"transfer.transfer_{kind}_once"] for kind in ("line", "hold", "reverses")]
    for name, attack in NOT_THERE:
        assert attack.says in refusal(owner, attack, ids, once)
        assert refusal(owner, attack, ids, [*once, found[name]]) is None


def test_each_foreign_key_bites(world, owner):
    everything(world)
    toothless, needless = {}, {}
    for name, table, column, is_token in owner.execute(FOREIGN).fetchall():
        if table in WITHOUT_A_ROW:
            continue
        words = {
            "table": sql.Identifier(table), "column": sql.Identifier(column),
            "name": sql.Identifier(name), "nobody": sql.SQL("uuidv7()" if is_token else "-1"),
        }  # fmt: skip
        alone = [
            sql.SQL("ALTER TABLE {table} DISABLE TRIGGER USER").format(**words),
            *(other for (other,) in owner.execute(OTHERS, [table, name]).fetchall()),
        ]
        drop = sql.SQL("ALTER TABLE {table} DROP CONSTRAINT {name}").format(**words)
        change = sql.SQL(
            "UPDATE {table} SET {column} = {nobody} WHERE ctid = "
            "(SELECT ctid FROM {table} ORDER BY {column} LIMIT 1)"
        )
        attack = Attack((change.format(**words).as_string(),))
        said = refusal(owner, attack, {}, alone)
        if name not in (said or ""):
            toothless[name] = said
        if then := refusal(owner, attack, {}, [*alone, drop]):
            needless[name] = then
    assert (toothless, needless) == ({}, {})


def test_temporary_tables_in_the_place_of_ours_change_nothing(world, owner):
    """As the owner, who may make some: the app may not. Every function looks into our schema first."""
    everything(world)
    home = world.account.receivables.get().ledger_account_id
    bills = world.account.ledger_accounts.get(chart=Chart.UNCOLLECTED).pk
    post = (
        "SELECT transfer FROM funds_post_one('post', %s, %s, 5, NULL, NULL, NULL, NULL, %s, now())"
    )
    many = (
        "SELECT transfer FROM funds_post(NULL, ARRAY[%s]::bigint[], ARRAY[%s]::bigint[], "
        "ARRAY[5]::bigint[], NULL, NULL, NULL, NULL, ARRAY[%s], ARRAY[now()])"
    )
    tables = owner.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    ).fetchall()
    (size,) = owner.execute("SELECT size FROM funds_head").fetchone()
    with owner.transaction(force_rollback=True):
        for (table,) in tables:
            owner.execute(sql.SQL("CREATE TEMP TABLE {0} (LIKE {0})").format(sql.Identifier(table)))
        assert owner.execute("SELECT count(*) FROM funds_transfer").fetchone() == (0,)  # theirs
        assert owner.execute(post, (home, bills, "a")).fetchone() == (size,)
        assert owner.execute(many, (home, bills, "b")).fetchone() == (size + 1,)
        assert owner.execute("SELECT count(*) FROM funds_transfer").fetchone() == (0,)
        found = owner.execute("SELECT what FROM funds_recheck()").fetchall()
        assert not {("size",), ("balance",)} & set(found)
