"""What the database asks before money leaves: an order, its approvals, no freeze."""

from django.db import migrations

from bandeng.kit.functions import function

# RFC 8785, as the signed log and every approver's key see it; the columns decide, nobody else.
SPELL_ORDER = """
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
    NEW.document := convert_to(
        '{"account":"' || account || '","amount":' || coalesce(NEW.amount::text, 'null')
        || ',"credit":' || coalesce('"' || credit || '"', 'null')
        || ',"debit":' || coalesce('"' || debit || '"', 'null')
        || ',"expires_at":"' || to_char(NEW.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","kind":"' || NEW.kind
        || '","maker":"' || maker || '","order":"' || NEW.token || '","policy":"' || policy
        || '","terms":"' || encode(NEW.terms, 'hex') || '","v":1}', 'UTF8');
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
MAY_MOVE = """
CREATE FUNCTION funds_may_move(payment bigint, debit bigint, credit bigint, amount_ bigint, moment timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE o funds_order;
BEGIN
    SELECT * INTO o FROM funds_order WHERE id = payment FOR UPDATE;
    IF NOT FOUND OR o.debit_id <> debit OR o.credit_id <> credit OR o.amount <> amount_ THEN
        RAISE check_violation USING MESSAGE = 'does not fit an order';
    END IF;
    PERFORM FROM funds_supervisedaccount WHERE id = o.account_id FOR UPDATE;
    IF o.expires_at <= moment THEN
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
GUARD = """
CREATE FUNCTION funds_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET plan_cache_mode = force_generic_plan AS $$
DECLARE t record; fees bigint;
BEGIN
    FOR t IN
        SELECT n.*, d.chart debit_chart, c.chart credit_chart, d.account_id owner,
               d.account_id <> c.account_id crosses
        FROM added n JOIN funds_ledgeraccount d ON d.id = n.debit_id
        JOIN funds_ledgeraccount c ON c.id = n.credit_id
        WHERE d.account_id <> c.account_id OR c.chart = '1002' OR (d.chart = '1002' AND n.phase <> 'post')
            OR d.chart IN ('3100', '3101', '3102') OR (d.chart = '2900' AND c.chart <> '1122')
            OR (d.chart = '1002' AND n.line_id IS NULL)
    LOOP
        IF t.crosses THEN
            RAISE check_violation USING MESSAGE = 'both sides belong to one account';
        ELSIF t.debit_chart = '1002' THEN
            RAISE check_violation USING MESSAGE = 'money comes in with a statement line';
        ELSIF t.phase = 'void' THEN
            NULL;
        ELSIF t.phase = 'settle' THEN
            IF t.line_id IS NULL THEN
                RAISE check_violation USING MESSAGE = 'money goes out with a statement line';
            END IF;
        ELSIF t.order_id IS NOT NULL THEN
            IF (t.phase = 'hold') <> (t.credit_chart = '1002') THEN
                RAISE check_violation USING MESSAGE = 'a payment is held first';
            END IF;
            PERFORM funds_may_move(t.order_id, t.debit_id, t.credit_id, t.amount, t.at);
        ELSIF t.phase = 'post' AND t.reverses_id IS NOT NULL
              AND (t.credit_chart <> '1002' OR t.line_id IS NOT NULL) THEN
            NULL;
        ELSIF t.phase = 'post' AND t.credit_chart = '1002' AND t.line_id IS NOT NULL
              AND t.debit_chart = '1900' THEN
            NULL;
        ELSIF t.phase = 'post' AND t.credit_chart = '1002' AND t.line_id IS NOT NULL
              AND t.debit_chart IN ('3100', '3101') THEN
            SELECT (convert_from(document, 'UTF8')::jsonb ->> 'fee_limit')::bigint INTO fees
            FROM funds_policy WHERE account_id = t.owner ORDER BY version DESC LIMIT 1;
            IF fees IS NULL OR t.amount > fees THEN
                RAISE check_violation USING MESSAGE = 'more than a bank fee may be';
            END IF;
        ELSE
            RAISE check_violation USING MESSAGE = 'money leaves by an approved order only';
        END IF;
    END LOOP;
    RETURN NULL;
END $$
"""

# The first rules come with the account's papers; later ones by an order under the ones before.
GUARD_POLICY = """
CREATE FUNCTION funds_guard_policy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE latest record; o funds_order;
BEGIN
    PERFORM FROM funds_supervisedaccount WHERE id = NEW.account_id FOR UPDATE;
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
    IF o.expires_at <= NEW.at OR EXISTS (SELECT FROM funds_orderstop WHERE order_id = o.id)
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
    IF NEW.before_id IS NOT NULL THEN
        SELECT * INTO before FROM funds_statement WHERE id = NEW.before_id;
        IF before.account_id <> NEW.account_id OR before.closing <> NEW.opening
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
            "ALTER TABLE funds_approval ADD CONSTRAINT approval_of_exactly_this_order "
            "FOREIGN KEY (order_id, digest, maker_id) "
            "REFERENCES funds_order (id, digest, maker_id)"
        ),
    ]
