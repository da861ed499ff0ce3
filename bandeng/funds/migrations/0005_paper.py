"""Cash receipts without a gap, taken and banked by two people; plans that add up."""

from django.db import migrations

from bandeng.kit.functions import function

# A number follows the one before in its book; afterwards only the deposit or the void is added.
GUARD_CASH = """
CREATE FUNCTION funds_guard_cash() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM funds_supervisedaccount WHERE id = NEW.account_id FOR UPDATE;
        IF NEW.number <> 1 + coalesce((
            SELECT max(number) FROM funds_cash
            WHERE account_id = NEW.account_id AND book = NEW.book
        ), 0) THEN
            RAISE check_violation USING MESSAGE = 'receipts are numbered without a gap';
        END IF;
    ELSIF (NEW.account_id, NEW.receivable_id, NEW.book, NEW.number, NEW.amount, NEW."by", NEW.at, NEW.token)
        IS DISTINCT FROM
        (OLD.account_id, OLD.receivable_id, OLD.book, OLD.number, OLD.amount, OLD."by", OLD.at, OLD.token)
        OR OLD.voided_at IS NOT NULL THEN
        RAISE restrict_violation USING MESSAGE = 'a receipt is made void, never changed';
    ELSIF NEW.deposit_id IS NULL AND EXISTS (
        SELECT FROM funds_cashdeposit d WHERE d.id = OLD.deposit_id AND d.line_id IS NOT NULL
    ) THEN
        RAISE restrict_violation USING MESSAGE = 'the bank has confirmed this deposit';
    ELSIF EXISTS (
        SELECT FROM funds_cashdeposit d WHERE d.id = NEW.deposit_id AND d."by" = NEW."by"
    ) THEN
        RAISE check_violation USING MESSAGE = 'who took cash does not bank it';
    END IF;
    RETURN NEW;
END $$
"""

ADDS_UP = """
CREATE FUNCTION funds_plan_adds_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF EXISTS (
        SELECT FROM funds_plan p JOIN funds_instalment i ON i.plan_id = p.id
        WHERE p.id IN (SELECT plan_id FROM added)
        GROUP BY p.id HAVING sum(i.amount) <> p.total
    ) THEN
        RAISE check_violation USING MESSAGE = 'the instalments do not add up';
    END IF;
    RETURN NULL;
END $$
"""


def run(sql: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql, migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("funds", "0004_recheck")]
    operations = [
        function(signature="funds_guard_cash()", sql=GUARD_CASH),
        function(signature="funds_plan_adds_up()", sql=ADDS_UP),
        run(
            "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON funds_cash "
            "FOR EACH ROW EXECUTE FUNCTION funds_guard_cash()"
        ),
        *[
            run(
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds_{table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION trail_append_only()"
            )
            for table in ("reckoningpaper", "reckoneddue", "instalment")
        ],
        run(
            "CREATE TRIGGER adds_up AFTER INSERT ON funds_instalment "
            "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION funds_plan_adds_up()"
        ),
    ]
