"""The money's rights: the ledger is read, and moved by its functions alone."""

from bandeng.kit.grants import ADD, ALL, CHANGE, READ, Rights

TABLES: Rights = {
    "funds_supervisedaccount": {"app": CHANGE},
    "funds_accountpaper": {"app": ADD},
    "funds_accountpurpose": {"app": ADD},
    "funds_policy": {"app": ADD},
    "funds_signingkey": {"app": ADD},
    "funds_freeze": {"app": ADD},
    "funds_freezeend": {"app": ADD},
    "funds_order": {"app": ADD},
    "funds_orderterms": {"app": ADD},
    "funds_approval": {"app": ADD},
    "funds_paperapproval": {"app": ADD},
    "funds_orderstop": {"app": ADD},
    "funds_ledgeraccount": {"app": ADD},
    "funds_balance": {"app": READ},
    "funds_head": {"app": READ},
    "funds_transfer": {"app": READ, "signer": READ},
    "funds_statement": {"app": ADD},
    "funds_line": {"app": ADD},
    "funds_receivable": {"app": CHANGE},
    "funds_due": {"app": ADD},
    "funds_duesimport": {"app": ADD},
    "funds_allocation": {"app": ADD},
    "funds_matchproposal": {"app": ALL},
    "funds_dispute": {"app": CHANGE},
    "funds_reminder": {"app": ADD},
    "funds_paidclaim": {"app": CHANGE},
    "funds_cash": {"app": ADD},
    "funds_advance": {"app": CHANGE},
    "funds_upload": {"app": ALL},
    "funds_transferlist": {"app": CHANGE},
    "funds_listedorder": {"app": CHANGE},
    "funds_merchantbill": {"app": ALL},
    "funds_settlement": {"app": ADD},
}
OWN = set[str]()
FUNCTIONS = {
    "funds_post(text[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[],"
    " text[], timestamp with time zone[])": {"app"},
    "funds_post_one(text, bigint, bigint, bigint, bigint, bigint, bigint, bigint, text,"
    " timestamp with time zone)": {"app"},
    "funds_recheck()": {"app"},
    "funds_quorum(bigint)": {"app"},
    "funds_may_move(bigint, bigint, bigint, bigint, timestamp with time zone)": OWN,
    "funds_apply()": OWN,
    "funds_open_balance()": OWN,
    "funds_by_transfer_only()": OWN,
    "funds_spell_order()": OWN,
    "funds_guard()": OWN,
    "funds_guard_policy()": OWN,
    "funds_chain()": OWN,
    "funds_line_within()": OWN,
    "funds_guard_stop()": OWN,
    "funds_guard_allocation()": OWN,
}
