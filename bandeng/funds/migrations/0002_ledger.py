"""The ledger's functions: the one way money moves."""

from django.db import migrations

from bandeng.funds.migrations._spelling import leaf, moment, token
from bandeng.kit.functions import function

COLUMNS = """number, phase, debit_id, credit_id, amount, hold_id, reverses_id, order_id, line_id,
    key, at, recorded_at, leaf"""
ASKED = "phase::text, debit_id, credit_id, amount, hold_id, reverses_id, order_id, line_id, at"
ARRAYS = "phases, debits, credits, amounts, holds, reversed, orders, lines, keys, moments"
FRESH = ", ".join(
    f"array_agg({one} ORDER BY o) FILTER (WHERE x.number IS NULL)" for one in "pdcahrylkm"
)

# A batch; the whole is judged at its end. An array left out (or ended early) means: post, this
# moment, nothing. A key twice inside one batch refuses the batch; keys known from before are
# taken out first, and only then the slow way is gone. A plan made while the table is empty must
# not read all of it later: no sequential scans.
POST = f"""
CREATE FUNCTION funds_post(
    phases text[], debits bigint[], credits bigint[], amounts bigint[], holds bigint[],
    reversed bigint[], orders bigint[], lines bigint[], keys text[], moments timestamptz[]
) RETURNS TABLE (place int, transfer bigint, again boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    s bigint; was timestamptz; now_ timestamptz; said text; first timestamptz := moments[1];
    said_first text := {moment("moments[1]")};
    asked int := cardinality(keys); known bigint[]; other text; posted int;
BEGIN
    SELECT size, last INTO s, was FROM funds_head FOR UPDATE;
    now_ := greatest(was, clock_timestamp());
    said := {moment("now_")};
    IF EXISTS (SELECT FROM funds_transfer WHERE key = ANY (keys)) THEN
        SELECT array_agg(x.number ORDER BY o), min(k) FILTER (WHERE x.number IS NOT NULL AND x.differs), {
    FRESH
}
        INTO known, other, {ARRAYS}
        FROM (
            SELECT u.*, t.number, (p, d, c, a, h, r, y, l, m) IS DISTINCT FROM t.asked differs
            FROM (
                SELECT coalesce(p, 'post') p, d, c, a, h, r, y, l, k, coalesce(m, first) m, o
                FROM unnest({ARRAYS}) WITH ORDINALITY u (p, d, c, a, h, r, y, l, k, m, o)
            ) u
            LEFT JOIN LATERAL (
                SELECT number, ({ASKED}) asked FROM funds_transfer f WHERE f.key = u.k LIMIT 1
            ) t ON true
        ) x;
    END IF;
    IF other IS NOT NULL THEN
        RAISE unique_violation USING MESSAGE = 'key ' || other || ' was used for another request';
    END IF;
    INSERT INTO funds_transfer ({COLUMNS})
    SELECT n, p, d, c, a, h, r, y, l, k, m, now_,
        {
    leaf(
        amount="a",
        at=f"CASE WHEN m = first THEN said_first ELSE {moment('m')} END",
        credit="ca.code",
        debit="da.code",
        hold="h",
        line=token("funds_line", "l"),
        number="n",
        order=token("funds_order", "y"),
        phase="p",
        recorded_at="said",
        reverses="r",
    )
}
    FROM (
        SELECT s + o - 1 n, coalesce(p, 'post') p, d, c, a, h, r, y, l, k, coalesce(m, first) m
        FROM unnest({ARRAYS}) WITH ORDINALITY u (p, d, c, a, h, r, y, l, k, m, o)
    ) u
    CROSS JOIN LATERAL (SELECT f.code FROM funds_ledgeraccount f WHERE f.id = u.d LIMIT 1) da
    CROSS JOIN LATERAL (SELECT f.code FROM funds_ledgeraccount f WHERE f.id = u.c LIMIT 1) ca;
    GET DIAGNOSTICS posted = ROW_COUNT;
    IF posted <> coalesce(cardinality(keys), 0) THEN
        RAISE foreign_key_violation USING MESSAGE = 'no such account';
    END IF;
    IF known IS NULL THEN
        RETURN QUERY SELECT o, s - 1 + o, false FROM generate_series(1, asked) o;
        RETURN;
    END IF;
    RETURN QUERY
        SELECT o, coalesce(known[o], s - 1 + count(*) FILTER (WHERE known[o] IS NULL) OVER (ORDER BY o)),
               known[o] IS NOT NULL
        FROM generate_series(1, asked) o;
END $$
"""

POST_ONE = f"""
CREATE FUNCTION funds_post_one(
    phase_ text, debit bigint, credit bigint, amount_ bigint, hold bigint, reversed bigint,
    payment bigint, booked bigint, key_ text, moment timestamptz,
    OUT transfer bigint, OUT again boolean
) LANGUAGE plpgsql SECURITY DEFINER SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    s bigint; was timestamptz; now_ timestamptz; line_ text; order_ text;
BEGIN
    SELECT size, last INTO s, was FROM funds_head FOR UPDATE;
    SELECT number INTO transfer FROM funds_transfer t WHERE t.key = key_;
    IF FOUND THEN
        IF (phase_, debit, credit, amount_, hold, reversed, payment, booked, moment)
           IS DISTINCT FROM (SELECT ({ASKED}) FROM funds_transfer t WHERE t.number = transfer) THEN
            RAISE unique_violation USING MESSAGE = 'key ' || key_ || ' was used for another request';
        END IF;
        again := true; RETURN;
    END IF;
    now_ := greatest(was, clock_timestamp());
    IF booked IS NOT NULL THEN SELECT token INTO line_ FROM funds_line WHERE id = booked; END IF;
    IF payment IS NOT NULL THEN SELECT token INTO order_ FROM funds_order WHERE id = payment; END IF;
    INSERT INTO funds_transfer ({COLUMNS})
    SELECT s, phase_, debit, credit, amount_, hold, reversed, payment, booked, key_, moment, now_,
        {
    leaf(
        amount="amount_",
        at=moment("moment"),
        credit="c.code",
        debit="d.code",
        hold="hold",
        line="line_",
        number="s",
        order="order_",
        phase="phase_",
        recorded_at=moment("now_"),
        reverses="reversed",
    )
}
    FROM funds_ledgeraccount d, funds_ledgeraccount c WHERE d.id = debit AND c.id = credit;
    IF NOT FOUND THEN RAISE foreign_key_violation USING MESSAGE = 'no such account'; END IF;
    transfer := s; again := false;
END $$
"""

# After every insert: numbers without a gap, both sides of one account, holds that fit, balances.
# A transfer alone goes a shorter way: to begin a statement costs more than to move one row.
APPLY = """
CREATE FUNCTION funds_apply() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET plan_cache_mode = force_generic_plan SET enable_bitmapscan = off AS $$
DECLARE k bigint; what text; d bigint; c bigint; fen bigint; ends bigint; back bigint;
    v bigint; w bigint; wrong record;
BEGIN
    UPDATE funds_head SET size = size + 1, last = recorded_at
    FROM added x WHERE number = size AND NOT EXISTS (SELECT FROM added OFFSET 1)
    RETURNING 1, phase, debit_id, credit_id, amount, hold_id, reverses_id
    INTO k, what, d, c, fen, ends, back;
    IF NOT FOUND THEN
        UPDATE funds_head SET size = size + n, last = latest
        FROM (
            SELECT count(*) n, min(number) low, max(number) high, max(recorded_at) latest,
                   max(hold_id) an_end, max(reverses_id) a_reversal
            FROM added
        ) x WHERE low = size AND high = size + n - 1
        RETURNING n, an_end, a_reversal INTO k, ends, back;
    END IF;
    IF NOT FOUND THEN
        SELECT size, min(number) low, max(number) high INTO wrong
        FROM funds_head, added GROUP BY size;
        IF NOT FOUND THEN RETURN NULL; END IF;
        RAISE check_violation USING
            MESSAGE = format('number: expected %s, got %s to %s', wrong.size, wrong.low, wrong.high);
    END IF;
    IF ends IS NOT NULL THEN
        PERFORM FROM added x LEFT JOIN funds_transfer h ON h.number = x.hold_id AND h.phase = 'hold'
            AND h.debit_id = x.debit_id AND h.credit_id = x.credit_id AND h.amount = x.amount
            AND h.order_id IS NOT DISTINCT FROM x.order_id
        WHERE x.hold_id IS NOT NULL AND h.number IS NULL;
        IF FOUND THEN RAISE check_violation USING MESSAGE = 'does not fit its hold'; END IF;
    END IF;
    IF back IS NOT NULL THEN
        PERFORM FROM added x LEFT JOIN funds_transfer t ON t.number = x.reverses_id
            AND t.phase IN ('post', 'settle') AND t.debit_id = x.credit_id AND t.credit_id = x.debit_id
            AND t.amount = x.amount AND t.reverses_id IS NULL
        WHERE x.reverses_id IS NOT NULL AND t.number IS NULL;
        IF FOUND THEN
            RAISE check_violation USING MESSAGE = 'does not reverse what it names';
        END IF;
    END IF;
    IF k = 1 THEN
        v := CASE WHEN what IN ('post', 'settle') THEN fen ELSE 0 END;
        w := CASE what WHEN 'hold' THEN fen WHEN 'post' THEN 0 ELSE -fen END;
        UPDATE funds_balance SET
            debit = debit + CASE account_id WHEN d THEN v ELSE 0 END,
            debit_held = debit_held + CASE account_id WHEN d THEN w ELSE 0 END,
            credit = credit + CASE account_id WHEN c THEN v ELSE 0 END,
            credit_held = credit_held + CASE account_id WHEN c THEN w ELSE 0 END
        WHERE account_id IN (d, c);
    ELSE
        UPDATE funds_balance b SET debit = b.debit + x.debit, credit = b.credit + x.credit,
            debit_held = b.debit_held + x.debit_held, credit_held = b.credit_held + x.credit_held
        FROM (
            SELECT account, sum(debit)::bigint debit, sum(credit)::bigint credit,
                   sum(debit_held)::bigint debit_held, sum(credit_held)::bigint credit_held
            FROM (
                SELECT t.debit_id account,
                    CASE WHEN phase IN ('post', 'settle') THEN amount ELSE 0 END debit, 0 credit,
                    CASE phase WHEN 'hold' THEN amount WHEN 'post' THEN 0 ELSE -amount END debit_held,
                    0 credit_held
                FROM added t
                UNION ALL
                SELECT t.credit_id, 0,
                    CASE WHEN phase IN ('post', 'settle') THEN amount ELSE 0 END, 0,
                    CASE phase WHEN 'hold' THEN amount WHEN 'post' THEN 0 ELSE -amount END
                FROM added t
            ) legs GROUP BY account
        ) x WHERE b.account_id = x.account;
    END IF;
    RETURN NULL;
END $$
"""

# A balance begins with its account; from then on only a transfer moves it.
OPEN_BALANCE = """
CREATE FUNCTION funds_open_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO funds_balance (account_id, normal, floor, debit, credit, debit_held, credit_held)
    SELECT id, normal, floor, 0, 0, 0, 0 FROM added;
    RETURN NULL;
END $$
"""

BY_TRANSFER_ONLY = """
CREATE FUNCTION funds_by_transfer_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE restrict_violation USING MESSAGE = format('%s is moved by a transfer only', TG_TABLE_NAME);
END $$
"""

FITS = "ADD CONSTRAINT balance_is_of_its_account FOREIGN KEY (account_id, normal, floor)"
SAME = "ADD CONSTRAINT ledger_properties UNIQUE (id, normal, floor)"


def run(sql: str, back: str = migrations.RunSQL.noop) -> migrations.RunSQL:
    return migrations.RunSQL(sql, back)


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_tables"), ("trail", "0002_append_only")]
    operations = [
        function(signature="funds_apply()", sql=APPLY),
        function(signature="funds_open_balance()", sql=OPEN_BALANCE),
        function(signature="funds_by_transfer_only()", sql=BY_TRANSFER_ONLY),
        run(f"ALTER TABLE funds_ledgeraccount {SAME}"),
        run(f"ALTER TABLE funds_balance {FITS} REFERENCES funds_ledgeraccount (id, normal, floor)"),
        run("ALTER TABLE funds_balance SET (fillfactor = 70)"),
        run(
            "INSERT INTO funds_head (one, size, last) VALUES (true, 0, 'epoch')",
            "DELETE FROM funds_head",
        ),
        run(
            "CREATE TRIGGER open_balance AFTER INSERT ON funds_ledgeraccount "
            "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION funds_open_balance()"
        ),
        run(
            "CREATE TRIGGER apply AFTER INSERT ON funds_transfer "
            "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION funds_apply()"
        ),
        *[
            run(
                f"CREATE TRIGGER by_transfer_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) "
                "EXECUTE FUNCTION funds_by_transfer_only()"
            )
            for table in ("funds_balance", "funds_head")
        ],
        *[
            run(
                f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION trail_append_only()"
            )
            for table in ("funds_balance", "funds_head")
        ],
        *[
            run(
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds_{table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION trail_append_only()"
            )
            for table in (
                "transfer",
                "ledgeraccount",
                "policy",
                "order",
                "approval",
                "paperapproval",
                "orderstop",
                "freeze",
                "freezeend",
                "statement",
                "line",
                "accountpaper",
                "signingkey",
                "allocation",
                "settlement",
            )
        ],
        function(
            signature="funds_post(text[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[], text[], timestamptz[])",
            sql=POST,
        ),
        function(
            signature="funds_post_one(text, bigint, bigint, bigint, bigint, bigint, bigint, bigint, text, timestamptz)",
            sql=POST_ONE,
        ),
        *[  # most rows have none of these: an index over all of them would cost every posting
            step
            for column in ("hold", "reverses", "line")
            for step in (
                run(f"ALTER TABLE funds_transfer DROP CONSTRAINT funds_transfer_{column}_id_key"),
                run(
                    f"CREATE UNIQUE INDEX transfer_{column}_once ON funds_transfer ({column}_id) "
                    f"WHERE {column}_id IS NOT NULL"
                ),
            )
        ],
    ]
