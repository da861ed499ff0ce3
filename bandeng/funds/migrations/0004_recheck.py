"""All that must hold, asked anew from the rows themselves: nightly, and after a suspicion."""

from django.db import migrations

from bandeng.funds.migrations._spelling import leaf, moment, order_document
from bandeng.kit.functions import function

# what, whose number (a transfer's, an account's, a line's …: `reads/recheck.py` says which)
RECHECK = f"""
CREATE FUNCTION funds_recheck() RETURNS TABLE (what text, number bigint, name text)
LANGUAGE sql STABLE AS $$
    WITH sums AS (
        SELECT account, sum(debit) debit, sum(credit) credit, sum(debit_held) debit_held,
               sum(credit_held) credit_held
        FROM (
            SELECT debit_id account, CASE WHEN phase IN ('post', 'settle') THEN amount ELSE 0 END debit,
                0 credit, CASE phase WHEN 'hold' THEN amount WHEN 'post' THEN 0 ELSE -amount END debit_held,
                0 credit_held FROM funds_transfer
            UNION ALL
            SELECT credit_id, 0, CASE WHEN phase IN ('post', 'settle') THEN amount ELSE 0 END, 0,
                CASE phase WHEN 'hold' THEN amount WHEN 'post' THEN 0 ELSE -amount END FROM funds_transfer
        ) legs GROUP BY account
    ), stands AS (
        SELECT a.id, a.code, a.account_id owner, a.chart, a.floor, b.account_id kept,
               a.normal * (coalesce(x.debit, 0) - coalesce(x.credit, 0)) amount,
               CASE a.normal WHEN 1 THEN coalesce(x.credit_held, 0) ELSE coalesce(x.debit_held, 0) END held,
               (b.debit, b.credit, b.debit_held, b.credit_held) IS DISTINCT FROM
               (coalesce(x.debit, 0)::bigint, coalesce(x.credit, 0)::bigint,
                coalesce(x.debit_held, 0)::bigint, coalesce(x.credit_held, 0)::bigint) differs
        FROM funds_ledgeraccount a LEFT JOIN funds_balance b ON b.account_id = a.id
        LEFT JOIN sums x ON x.account = a.id
    )
    SELECT 'balance', id::bigint, code::text FROM stands WHERE differs
    UNION ALL
    SELECT 'overdrawn', id, code FROM stands WHERE floor AND amount < held
    UNION ALL
    SELECT 'books', owner, NULL FROM stands GROUP BY owner
    HAVING sum(CASE WHEN chart IN ('1002', '1012', '1900') THEN amount
                    WHEN chart IN ('2900', '3100', '3101', '3102') THEN -amount ELSE 0 END) <> 0
        OR sum(CASE chart WHEN '1122' THEN amount WHEN '3000' THEN -amount ELSE 0 END) <> 0
    UNION ALL
    SELECT 'bank', s.account_id, NULL FROM funds_statement s
    JOIN stands b ON b.owner = s.account_id AND b.chart = '1002'
    WHERE s.channel = '' AND b.amount <> s.closing AND NOT EXISTS (SELECT FROM funds_statement n WHERE n.before_id = s.id)
    UNION ALL
    SELECT 'leaf', t.number, NULL FROM funds_transfer t
    JOIN funds_ledgeraccount d ON d.id = t.debit_id JOIN funds_ledgeraccount c ON c.id = t.credit_id
    LEFT JOIN funds_line l ON l.id = t.line_id LEFT JOIN funds_order o ON o.id = t.order_id
    WHERE t.leaf <> {
    leaf(
        amount="t.amount",
        at=moment("t.at"),
        credit="c.code",
        debit="d.code",
        hold="t.hold_id",
        line="l.token",
        number="t.number",
        order="o.token",
        phase="t.phase",
        recorded_at=moment("t.recorded_at"),
        reverses="t.reverses_id",
    )
}
    UNION ALL
    SELECT 'gap', n.before + 1, NULL FROM (
        SELECT t.number, lag(t.number, 1, -1::bigint) OVER (ORDER BY t.number) before FROM funds_transfer t
    ) n WHERE n.number <> n.before + 1
    UNION ALL
    SELECT 'size', h.size, NULL FROM funds_head h
    WHERE h.size <> (SELECT count(*) FROM funds_transfer)
    UNION ALL
    SELECT 'line', l.id, NULL FROM funds_line l JOIN funds_statement s ON s.id = l.statement_id
    LEFT JOIN funds_transfer t ON t.line_id = l.id
    LEFT JOIN funds_ledgeraccount b ON b.account_id = s.account_id
        AND b.chart = CASE s.channel WHEN '' THEN '1002' ELSE '1012' END
        AND b.id = CASE WHEN l.amount > 0 THEN t.debit_id ELSE t.credit_id END
    WHERE b.id IS NULL OR t.amount <> abs(l.amount)
    UNION ALL
    SELECT 'statement', s.id, NULL FROM funds_statement s
    LEFT JOIN funds_statement p ON p.id = s.before_id
    LEFT JOIN LATERAL (
        SELECT count(*) n, coalesce(sum(x.amount), 0) total, bool_or(x.amiss) amiss
        FROM (
            SELECT l.amount, l.balance_after <> s.opening + sum(l.amount) OVER (ORDER BY l.n) amiss
            FROM funds_line l WHERE l.statement_id = s.id
        ) x
    ) x ON true
    WHERE x.n <> s.count OR x.amiss OR s.opening + x.total <> s.closing
       OR s.opening <> coalesce(p.closing, 0) OR p.account_id <> s.account_id
    UNION ALL
    SELECT 'order', o.id, NULL FROM funds_order o
    JOIN funds_supervisedaccount a ON a.id = o.account_id
    JOIN people_person m ON m.id = o.maker_id
    LEFT JOIN funds_policy p ON p.id = o.policy_id AND p.account_id = o.account_id
    LEFT JOIN funds_ledgeraccount d ON d.id = o.debit_id
    LEFT JOIN funds_ledgeraccount c ON c.id = o.credit_id
    WHERE p.id IS NULL OR o.digest <> sha256(o.document) OR o.document <> {
    order_document(
        o="o", account="a.code", credit="c.code", debit="d.code", maker="m.token", policy="p.token"
    )
}
    UNION ALL
    SELECT 'approval', a.id, NULL FROM funds_approval a
    JOIN funds_order o ON o.id = a.order_id JOIN people_person p ON p.id = a.person_id
    JOIN funds_policy y ON y.id = o.policy_id LEFT JOIN funds_signingkey k ON k.id = a.key_id
    WHERE a.digest <> o.digest OR a.maker_id <> o.maker_id OR a.person_id = o.maker_id
       OR k.person_id <> a.person_id
       OR (convert_from(y.document, 'UTF8')::jsonb -> 'supervisors' -> a.role ? p.token::text) IS NOT TRUE
    UNION ALL
    SELECT 'unapproved', t.number, NULL FROM funds_transfer t
    JOIN funds_ledgeraccount c ON c.id = t.credit_id
    WHERE t.phase IN ('post', 'hold') AND CASE
        WHEN t.order_id IS NULL THEN t.phase = 'hold' ELSE NOT funds_quorum(t.order_id) END
    UNION ALL
    SELECT 'allocation', a.id, NULL FROM funds_allocation a
    JOIN funds_transfer p ON p.number = a.paid_id JOIN funds_transfer g ON g.number = a.gained_id
    JOIN funds_receivable r ON r.id = a.receivable_id
    WHERE p.credit_id <> r.ledger_account_id OR p.amount <> a.amount OR g.amount <> a.amount
    UNION ALL
    SELECT 'guard', NULL, c.relname || '.' || g.tgname FROM pg_trigger g
    JOIN pg_class c ON c.oid = g.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relname LIKE 'funds\\_%'
      AND g.tgenabled <> 'O'
$$
"""


class Migration(migrations.Migration):
    dependencies = [("funds", "0003_approvals")]
    operations = [function(signature="funds_recheck()", sql=RECHECK)]
