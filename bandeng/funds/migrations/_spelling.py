"""How the database spells what is signed (RFC 8785: keys in order, no space).

Written out where it is needed: a function with a pinned path costs 3 µs a call.
"""


def moment(what: str) -> str:
    return f"to_char({what} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"


def leaf(
    *, at: str, hold: str, line: str, order: str, recorded_at: str, reverses: str, **of: str
) -> str:
    """Give a transfer's leaf; all texts are codes, tokens or moments."""
    return f"""convert_to('{{"amount":' || {of["amount"]} || ',"at":"' || {at}
        || '","credit":"' || {of["credit"]} || '","debit":"' || {of["debit"]}
        || '","hold":' || coalesce({hold}::text, 'null')
        || ',"line":' || coalesce('"' || {line} || '"', 'null') || ',"number":' || {of["number"]}
        || ',"order":' || coalesce('"' || {order} || '"', 'null') || ',"phase":"' || {of["phase"]}
        || '","recorded_at":"' || {recorded_at} || '","reverses":' || coalesce({reverses}::text, 'null')
        || ',"v":1}}', 'UTF8')"""


def token(table: str, row: str) -> str:
    return f"CASE WHEN {row} IS NOT NULL THEN (SELECT token FROM {table} WHERE id = {row}) END"


def order_document(
    *, o: str, account: str, credit: str, debit: str, maker: str, policy: str
) -> str:
    """Give the bytes that every approver signs; the columns decide, nobody else."""
    return f"""convert_to(
        '{{"account":"' || {account} || '","amount":' || coalesce({o}.amount::text, 'null')
        || ',"credit":' || coalesce('"' || {credit} || '"', 'null')
        || ',"debit":' || coalesce('"' || {debit} || '"', 'null')
        || ',"expires_at":"' || {moment(f"{o}.expires_at")} || '","kind":"' || {o}.kind
        || '","maker":"' || {maker} || '","order":"' || {o}.token || '","policy":"' || {policy}
        || '","terms":"' || encode({o}.terms, 'hex') || '","v":1}}', 'UTF8')"""
