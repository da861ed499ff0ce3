"""What the database asks before money leaves: an order, its approvals, no freeze."""

from django.db import migrations

from bandeng.funds.migrations._spelling import order_document
from bandeng.kit.functions import function

SPELL_ORDER = f"""
CREATE FUNCTION funds_spell_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE account text; debit text; credit text; policy text; maker text;
BEGIN
    SELECT code INTO account FROM funds_supervisedaccount WHERE id = NEW.account_id;
    SELECT code INTO debit FROM funds_ledgeraccount
        WHERE id = NEW.debit_id AND account_id = NEW.account_id;
    SELECT code INTO credit FROM funds_ledgeraccount
        WHERE id = NEW.credit_id AND account_id = NEW.account_id;
    SELECT token INTO policy FROM funds_policy
        WHERE id = NEW.policy_id AND account_id = NEW.account_id;
    SELECT token INTO maker FROM people_person WHERE id = NEW.maker_id;
    IF policy IS NULL OR (NEW.kind <> 'policy' AND (debit IS NULL OR credit IS NULL)) THEN
        RAISE check_violation USING MESSAGE = 'an order keeps within its account';
    END IF;
    NEW.document := {
    order_document(
        o="NEW", account="account", credit="credit", debit="debit", maker="maker", policy="policy"
    )
};
    NEW.digest := sha256(NEW.document);
    RETURN NEW;
END $$
"""

# A policy's own text says who and how many. An approval counts while its role stands there.
QUORUM = """
CREATE FUNCTION funds_quorum(payment bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER STABLE AS $$
DECLARE o funds_order; rules jsonb; band jsonb; missing boolean;
BEGIN
    SELECT * INTO o FROM funds_order WHERE id = payment;
    SELECT convert_from(document, 'UTF8')::jsonb INTO rules FROM funds_policy WHERE id = o.policy_id;
    SELECT b INTO band FROM jsonb_array_elements(rules -> 'bands') b
    WHERE (b ->> 'up_to')::bigint >= coalesce(o.amount, 0)
    ORDER BY CASE WHEN o.kind = 'policy' THEN -(b ->> 'up_to')::bigint ELSE (b ->> 'up_to')::bigint END
    LIMIT 1;
    IF band IS NULL OR band -> 'needs' = '{}' THEN RETURN false; END IF;
    SELECT bool_or(given.n < need.value::int) INTO missing
    FROM jsonb_each_text(band -> 'needs') need
    CROSS JOIN LATERAL (
        SELECT count(*) n FROM funds_approval a JOIN people_person p ON p.id = a.person_id
        WHERE a.order_id = payment AND a.role = need.key
        AND rules -> 'supervisors' -> need.key ? p.token::text
    ) given;
    RETURN NOT missing;
END $$
"""

# Asked with the order and its account locked: a stop or a freeze comes before or after, not between.
# That holds for whoever sees what was committed a moment ago, so for READ COMMITTED alone.
# An order lives as long as it says by the teller's clock and by the database's, which nobody sets back.
# A policy's order names no sums: NULL must not pass for "the same".
MAY_MOVE = """
CREATE FUNCTION funds_may_move(payment bigint, debit bigint, credit bigint, amount_ bigint, moment timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE o funds_order;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE check_violation USING MESSAGE = 'an older view of stops and freezes';
    END IF;
    SELECT * INTO o FROM funds_order WHERE id = payment FOR UPDATE;
    IF (o.debit_id, o.credit_id, o.amount) IS DISTINCT FROM (debit, credit, amount_) THEN
        RAISE check_violation USING MESSAGE = 'does not fit an order';
    END IF;
    PERFORM FROM funds_supervisedaccount WHERE id = o.account_id FOR UPDATE;
    IF o.expires_at <= moment OR clock_timestamp() - o.recorded_at >= o.expires_at - o.at THEN
        RAISE check_violation USING MESSAGE = 'the order has expired';
    END IF;
    IF EXISTS (SELECT FROM funds_orderstop WHERE order_id = payment) THEN
        RAISE check_violation USING MESSAGE = 'the order is stopped';
    END IF;
    IF EXISTS (SELECT FROM funds_freeze f WHERE f.account_id = o.account_id
               AND NOT EXISTS (SELECT FROM funds_freezeend e WHERE e.freeze_id = f.id)) THEN
        RAISE check_violation USING MESSAGE = 'the account is frozen';
    END IF;
    IF o.policy_id <> (SELECT id FROM funds_policy WHERE account_id = o.account_id
                       ORDER BY version DESC LIMIT 1) THEN
        RAISE check_violation USING MESSAGE = 'the order follows an older policy';
    END IF;
    IF NOT funds_quorum(payment)
       OR EXISTS (SELECT FROM funds_approval WHERE order_id = payment AND at > moment) THEN
        RAISE check_violation USING MESSAGE = 'approvals are missing';
    END IF;
END $$
"""

# Money leaves a guarded account by an order; without one only what the bank did by itself.
# Only bills, which the owners can dispute, are anybody's to post; all else moves in these ways:
#   1002 / 2900 with its line · 2900 / home with 3000 / fund, the same sum at once · the way back
#   fund / anything by an order · 1900 or a small fee / 1002 with its line
#   2900 / 1012 and back, a small fee or 1900 / 1012: a service's bill, which leaves 1012 empty
# so that at every moment bank = suspense + funds - unexplained, and the homes' debts = 3000.
OTHER_THAN_A_BILL = """
    NOT (d.chart = '1122' AND c.chart = '3000' AND n.phase = 'post' AND d.account_id = c.account_id
         AND n.line_id IS NULL AND n.order_id IS NULL AND n.reverses_id IS NULL)"""
GUARD = f"""
CREATE FUNCTION funds_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET plan_cache_mode = force_generic_plan AS $$
DECLARE t record; fees bigint; matched bigint := 0; cleared bigint := 0; whose bigint;
BEGIN
    SELECT n.number INTO t FROM added n JOIN funds_ledgeraccount d ON d.id = n.debit_id
    JOIN funds_ledgeraccount c ON c.id = n.credit_id WHERE {OTHER_THAN_A_BILL};
    IF NOT FOUND THEN RETURN NULL; END IF;
    FOR t IN
        SELECT n.*, d.chart debit_chart, c.chart credit_chart, d.account_id owner,
               d.account_id <> c.account_id crosses
        FROM added n JOIN funds_ledgeraccount d ON d.id = n.debit_id
        JOIN funds_ledgeraccount c ON c.id = n.credit_id
        WHERE {OTHER_THAN_A_BILL}
        ORDER BY d.account_id, n.number
    LOOP
        cleared := cleared + CASE '1012' WHEN t.debit_chart THEN t.amount
            WHEN t.credit_chart THEN -t.amount ELSE 0 END;
        IF t.crosses THEN
            RAISE check_violation USING MESSAGE = 'both sides belong to one account';
        ELSIF t.line_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM funds_line l JOIN funds_statement s ON s.id = l.statement_id
            WHERE l.id = t.line_id AND s.account_id = t.owner AND abs(l.amount) = t.amount
              AND CASE s.channel WHEN '' THEN '1002' ELSE '1012' END = CASE WHEN l.amount > 0 THEN t.debit_chart ELSE t.credit_chart END)
        THEN
            RAISE check_violation USING MESSAGE = 'does not fit its statement line';
        ELSIF t.phase IN ('post', 'settle')
              AND (t.debit_chart IN ('1122', '3000')) <> (t.credit_chart IN ('1122', '3000')) THEN
            IF t.owner <> whose AND matched <> 0 THEN EXIT; END IF;
            whose := t.owner;
            matched := matched
                + CASE WHEN t.debit_chart IN ('1122', '3000') THEN t.amount ELSE -t.amount END;
        END IF;
        IF t.phase = 'void' THEN
            NULL;
        ELSIF t.phase = 'settle' THEN
            IF t.line_id IS NULL THEN
                RAISE check_violation USING MESSAGE = 'money goes out with a statement line';
            END IF;
        ELSIF t.debit_chart = '1002' THEN
            IF t.line_id IS NULL THEN
                RAISE check_violation USING MESSAGE = 'money comes in with a statement line';
            ELSIF t.phase <> 'post' OR (t.credit_chart <> '2900' AND t.reverses_id IS NULL) THEN
                RAISE check_violation USING MESSAGE = 'money comes in to suspense';
            END IF;
        ELSIF t.order_id IS NOT NULL THEN
            IF (t.phase = 'hold') <> (t.credit_chart = '1002') THEN
                RAISE check_violation USING MESSAGE = 'a payment is held first';
            END IF;
            PERFORM funds_may_move(t.order_id, t.debit_id, t.credit_id, t.amount, t.at);
        ELSIF t.phase = 'post' AND t.reverses_id IS NOT NULL
              AND (t.credit_chart <> '1002' OR t.line_id IS NOT NULL) THEN
            IF EXISTS (SELECT FROM funds_transfer r
                       WHERE r.number = t.reverses_id AND r.order_id IS NOT NULL) THEN
                RAISE check_violation USING MESSAGE = 'what was ordered is taken back by an order';
            END IF;
        ELSIF t.phase = 'post' AND (t.debit_chart, t.credit_chart) IN
              (('2900', '1122'), ('3000', '3100'), ('3000', '3101'), ('2900', '1012')) THEN
            NULL;
        ELSIF t.phase = 'post' AND t.line_id IS NOT NULL
              AND (t.debit_chart, t.credit_chart) IN (('1012', '2900'), ('1900', '1012')) THEN
            NULL;
        ELSIF t.phase = 'post' AND t.credit_chart = '1002' AND t.line_id IS NOT NULL
              AND t.debit_chart = '1900' THEN
            NULL;
        ELSIF t.phase = 'post' AND t.line_id IS NOT NULL
              AND (t.credit_chart IN ('1002', '1012') AND t.debit_chart IN ('3100', '3101')
                   OR t.debit_chart = '1012' AND t.credit_chart IN ('3100', '3101')) THEN
            SELECT (convert_from(document, 'UTF8')::jsonb ->> 'fee_limit')::bigint INTO fees
            FROM funds_policy WHERE account_id = t.owner ORDER BY version DESC LIMIT 1;
            IF fees IS NULL OR t.amount > fees THEN
                RAISE check_violation USING MESSAGE = 'more than a bank fee may be';
            END IF;
        ELSIF t.credit_chart = '1002' OR t.debit_chart IN ('2900', '3100', '3101', '3102') THEN
            RAISE check_violation USING MESSAGE = 'money leaves by an approved order only';
        ELSE
            RAISE check_violation USING MESSAGE = 'money is not made from nothing';
        END IF;
    END LOOP;
    IF cleared <> 0 THEN
        RAISE check_violation USING MESSAGE = 'what a service collected is booked whole, or not at all';
    END IF;
    IF matched <> 0 THEN
        RAISE check_violation USING MESSAGE = 'what a home paid is set aside at once, and nothing else';
    END IF;
    RETURN NULL;
END $$
"""

# The first rules come with the account's papers; later ones by an order under the ones before.
GUARD_POLICY = """
CREATE FUNCTION funds_guard_policy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE latest record; o funds_order;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE check_violation USING MESSAGE = 'an older view of stops and freezes';
    END IF;
    PERFORM FROM funds_supervisedaccount WHERE id = NEW.account_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM jsonb_array_elements(convert_from(NEW.document, 'UTF8')::jsonb -> 'bands') band
        WHERE (SELECT count(*) FROM jsonb_each_text(band -> 'needs') need
               WHERE need.value::int > 0) < 2
    ) THEN
        RAISE check_violation USING MESSAGE = 'at least two roles must approve';
    END IF;
    SELECT id, version INTO latest FROM funds_policy WHERE account_id = NEW.account_id
    ORDER BY version DESC LIMIT 1;
    IF NEW.version <> coalesce(latest.version, 0) + 1 THEN
        RAISE check_violation USING MESSAGE = 'versions follow each other';
    END IF;
    IF NEW.version = 1 THEN RETURN NEW; END IF;
    SELECT * INTO o FROM funds_order WHERE id = NEW.order_id FOR UPDATE;
    IF o.kind <> 'policy' OR o.account_id <> NEW.account_id OR o.policy_id <> latest.id
       OR o.terms <> sha256(NEW.document) THEN
        RAISE check_violation USING MESSAGE = 'does not fit an order';
    END IF;
    IF o.expires_at <= NEW.at OR clock_timestamp() - o.recorded_at >= o.expires_at - o.at OR EXISTS (SELECT FROM funds_orderstop WHERE order_id = o.id)
       OR NOT funds_quorum(o.id) THEN
        RAISE check_violation USING MESSAGE = 'approvals are missing';
    END IF;
    RETURN NEW;
END $$
"""

# Judged when the transaction ends: the chain closes and goes on where the last one stopped.
CHAIN = """
CREATE FUNCTION funds_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE n bigint; wrong bigint; total bigint; last bigint; before record;
BEGIN
    SELECT count(*), coalesce(sum(amount), 0), count(*) FILTER (WHERE balance_after <> running),
           count(*) FILTER (WHERE line_n <> nth)
    INTO n, total, wrong, last
    FROM (
        SELECT l.n line_n, l.amount, l.balance_after, row_number() OVER (ORDER BY l.n) nth,
               NEW.opening + sum(l.amount) OVER (ORDER BY l.n) running
        FROM funds_line l WHERE l.statement_id = NEW.id
    ) x;
    IF n <> NEW.count OR wrong > 0 OR last > 0 OR NEW.opening + total <> NEW.closing THEN
        RAISE check_violation USING MESSAGE = 'the statement does not add up';
    END IF;
    IF NEW.before_id IS NULL THEN
        IF NEW.opening <> 0 THEN
            RAISE check_violation USING MESSAGE = 'the first statement begins with nothing';
        END IF;
    ELSE
        SELECT * INTO before FROM funds_statement WHERE id = NEW.before_id;
        IF before.id >= NEW.id OR before.account_id <> NEW.account_id OR before.closing <> NEW.opening
           OR before.until_on > NEW.since_on THEN
            RAISE check_violation USING MESSAGE = 'the statement does not go on from the last one';
        END IF;
    END IF;
    RETURN NULL;
END $$
"""

WITHIN = """
CREATE FUNCTION funds_line_within() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF EXISTS (SELECT FROM added l JOIN funds_statement s ON s.id = l.statement_id
               WHERE l.n < 1 OR l.n > s.count) THEN
        RAISE check_violation USING MESSAGE = 'the statement has no such line';
    END IF;
    RETURN NULL;
END $$
"""

# A stop and the hold of the same order: whoever locks the order first is the one that stands.
GUARD_STOP = """
CREATE FUNCTION funds_guard_stop() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM FROM funds_order WHERE id = NEW.order_id FOR UPDATE;
    IF EXISTS (SELECT FROM funds_transfer WHERE order_id = NEW.order_id) THEN
        RAISE check_violation USING MESSAGE = 'order_is_used_once: the order has been carried out';
    END IF;
    RETURN NEW;
END $$
"""

# The two transfers before it took the ledger's lock: nobody else matches in between.
GUARD_ALLOCATION = """
CREATE FUNCTION funds_guard_allocation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added n JOIN funds_receivable r ON r.id = n.receivable_id
        JOIN funds_transfer p ON p.number = n.paid_id JOIN funds_transfer g ON g.number = n.gained_id
        WHERE (p.credit_id, p.amount, g.amount) IS DISTINCT FROM (r.ledger_account_id, n.amount, n.amount)
    ) THEN
        RAISE check_violation USING MESSAGE = 'the match does not fit its transfers';
    END IF;
    IF EXISTS (
        SELECT FROM funds_line l JOIN funds_allocation a ON a.line_id = l.id
        WHERE l.id IN (SELECT line_id FROM added)
          AND NOT EXISTS (SELECT FROM funds_transfer b WHERE b.reverses_id = a.paid_id)
        GROUP BY l.id
        HAVING sum(a.amount) > CASE WHEN EXISTS (
            SELECT FROM funds_transfer b JOIN funds_transfer r ON r.reverses_id = b.number
            WHERE b.line_id = l.id
        ) OR EXISTS (SELECT FROM funds_settlement z WHERE z.line_id = l.id) THEN 0 ELSE l.amount
            + coalesce((SELECT sum(b.amount) FROM funds_line b WHERE b.refunds_id = l.id), 0) END
    ) THEN
        RAISE check_violation USING MESSAGE = 'more than the line holds';
    END IF;
    RETURN NULL;
END $$
"""


def run(sql: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql, migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("funds", "0002_ledger")]
    operations = [
        function(signature="funds_spell_order()", sql=SPELL_ORDER),
        function(signature="funds_quorum(bigint)", sql=QUORUM),
        function(
            signature="funds_may_move(bigint, bigint, bigint, bigint, timestamptz)", sql=MAY_MOVE
        ),
        function(signature="funds_guard()", sql=GUARD),
        function(signature="funds_guard_policy()", sql=GUARD_POLICY),
        function(signature="funds_chain()", sql=CHAIN),
        function(signature="funds_line_within()", sql=WITHIN),
        function(signature="funds_guard_stop()", sql=GUARD_STOP),
        function(signature="funds_guard_allocation()", sql=GUARD_ALLOCATION),
        run(
            "CREATE TRIGGER spell BEFORE INSERT ON funds_order "
            "FOR EACH ROW EXECUTE FUNCTION funds_spell_order()"
        ),
        run(
            "CREATE TRIGGER guard AFTER INSERT ON funds_transfer "
            "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION funds_guard()"
        ),
        run(
            "CREATE TRIGGER guard BEFORE INSERT ON funds_policy "
            "FOR EACH ROW EXECUTE FUNCTION funds_guard_policy()"
        ),
        run(
            "CREATE CONSTRAINT TRIGGER chain AFTER INSERT ON funds_statement "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funds_chain()"
        ),
        run(
            "CREATE TRIGGER within AFTER INSERT ON funds_line "
            "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION funds_line_within()"
        ),
        run(
            "CREATE TRIGGER guard BEFORE INSERT ON funds_orderstop "
            "FOR EACH ROW EXECUTE FUNCTION funds_guard_stop()"
        ),
        run(
            "CREATE TRIGGER within AFTER INSERT ON funds_allocation "
            "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION funds_guard_allocation()"
        ),
        run(
            "ALTER TABLE funds_approval ADD CONSTRAINT approval_of_exactly_this_order "
            "FOREIGN KEY (order_id, digest, maker_id) "
            "REFERENCES funds_order (id, digest, maker_id)"
        ),
    ]
