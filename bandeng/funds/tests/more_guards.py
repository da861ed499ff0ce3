"""The attacks on orders, approvals, policies, dues and advances; see `guards.py`."""

from bandeng.funds.tests import paper_guards
from bandeng.funds.tests.guards import (
    BALANCES,
    BOOKS,
    GAINED,
    PAID,
    STATEMENTS,
    TOKEN,
    TRANSFERS,
    attack,
    copy,
    moves,
)

NEW = {"id": "999000000", **TOKEN}
THREAD = {"thread_id": "{thread}"}


def order(**wrong):
    return copy("order", "id = {free}", **NEW | THREAD | wrong)


def policy(**wrong):
    given = {"version": "2", "order_id": "{rules}", "document": "{document}"}
    return copy("policy", "version = 1 AND account_id = {account}", **NEW | given | wrong)


ORDERS = {
    "order.order_kind_known": attack(order(kind="'gift'")),
    "order.order_says_what_moves": attack(order(amount="NULL::bigint")),
    "order.order_expires_later": attack(order(expires_at="'{at}'")),
    "order.spell": attack(order(debit_id="{elsewhere}"), says="keeps within its account"),
    "order.append_only": attack(
        "UPDATE funds_order SET amount = amount + 1 WHERE id = {free}", says="is append-only"
    ),
    "orderstop.guard": attack(
        "INSERT INTO funds_orderstop (order_id, by_id, reason, at) "
        "SELECT {held}, maker_id, 'x', '{at}' FROM funds_order WHERE id = {held}",
        says="has been carried out",
    ),
    "orderstop.funds_orderstop_order_id_key": attack(copy("orderstop", "true", id="999000000")),
    "orderstop.append_only": attack("DELETE FROM funds_orderstop", says="is append-only"),
    "policy.policy_version_once": attack(
        policy(version="1", order_id="NULL::bigint"), braces="policy.guard"
    ),
    "policy.policy_changes_by_an_order": attack(
        policy(order_id="NULL::bigint"), braces="policy.guard"
    ),
    "policy.funds_policy_order_id_key": attack(
        policy(), policy(id="1000", version="3"), braces="policy.guard"
    ),
    "policy.guard": attack(policy(), says="approvals are missing"),
    "policy.append_only": attack(
        "UPDATE funds_policy SET document = '\\x7b7d'", says="is append-only"
    ),
    "approval.approval_once": attack(copy("approval", "id = {approval}", id="999000000")),
    "approval.approval_not_of_the_maker": attack(
        copy("approval", "id = {approval}", id="999000000", person_id="maker_id")
    ),
    "approval.approval_has_its_proof": attack(
        copy("approval", "id = {approval}", id="999000000", person_id="{stranger}",
             signature="NULL::bytea")
    ),
    "approval.approval_of_exactly_this_order": attack(
        copy("approval", "id = {approval}", id="999000000", person_id="{stranger}", digest="'\\x00'")
    ),
    "approval.append_only": attack(
        "UPDATE funds_approval SET role = 'owners'", says="is append-only"
    ),
    "paperapproval.sheet_once": attack(copy("paperapproval", "true", id="999000000")),
    "paperapproval.append_only": attack("DELETE FROM funds_paperapproval", says="is append-only"),
    "signingkey.funds_signingkey_credential_key": attack(
        copy("signingkey", "id = {key}", id="999000000")
    ),
    "signingkey.append_only": attack(
        "UPDATE funds_signingkey SET public_key = '\\x00'", says="is append-only"
    ),
    "freeze.append_only": attack("UPDATE funds_freeze SET document = 'x'", says="is append-only"),
    "freezeend.funds_freezeend_freeze_id_key": attack(copy("freezeend", "true", id="999000000")),
    "freezeend.append_only": attack("UPDATE funds_freezeend SET document = 'x'",
                                    says="is append-only"),
}  # fmt: skip


def allocation(**wrong):
    return copy("allocation", "paid_id = {paid}", **{"id": "999000000"} | wrong)


DUES = {
    "receivable.receivable_once": attack(
        copy("receivable", "id = {receivable}", **NEW, number="9", ledger_account_id="{bank}")
    ),
    "receivable.funds_receivable_number_key": attack(
        copy("receivable", "id = {receivable}", **NEW, home_id="{other_home}",
             ledger_account_id="{bank}")
    ),
    "receivable.funds_receivable_ledger_account_id_key": attack(
        copy("receivable", "id = {receivable}", **NEW, number="9", home_id="{other_home}")
    ),
    "due.due_asks_something": attack(
        copy("due", "id = (SELECT min(id) FROM funds_due)", id="999000000", amount="0", billing_id="{paid}",
             period="'[2020-01-01,2021-01-01)'")
    ),
    "due.due_once_for_a_period": attack(copy("due", "id = (SELECT min(id) FROM funds_due)", id="999000000", billing_id="{paid}")),
    "due.funds_due_billing_id_key": attack(
        copy("due", "id = (SELECT min(id) FROM funds_due)", id="999000000", period="'[2020-01-01,2021-01-01)'")
    ),
    "duesimport.dues_file_once": attack(copy("duesimport", "id = (SELECT min(id) FROM funds_duesimport)", id="999000000")),
    "allocation.allocation_is_something": attack(
        allocation(amount="0", paid_id="0", gained_id="0"), braces="allocation.within"
    ),
    "allocation.allocation_by_hand_takes_two": attack(
        allocation(rule="'hand'", paid_id="0", gained_id="0"), braces="allocation.within"
    ),
    "allocation.funds_allocation_paid_id_key": attack(
        allocation(gained_id="0"), braces="allocation.within"
    ),
    "allocation.funds_allocation_gained_id_key": attack(
        allocation(paid_id="0"), braces="allocation.within"
    ),
    "allocation.within": attack(
        moves(PAID, GAINED),
        allocation(amount="700", paid_id="(SELECT size - 2 FROM funds_head)",
                   gained_id="(SELECT size - 1 FROM funds_head)"),
        says="more than the line holds",
    ),
    "allocation.append_only": attack(
        "UPDATE funds_allocation SET amount = amount + 1", says="is append-only"
    ),
    "matchproposal.funds_matchproposal_line_id_key": attack(
        copy("matchproposal", "true", id="999000000")
    ),
    "dispute.dispute_one_open": attack(copy("dispute", "true", id="999000000")),
    "dispute.dispute_decided_with_a_word": attack(
        "UPDATE funds_dispute SET decided_at = now()"
    ),
    "advance.advance_is_something": attack("UPDATE funds_advance SET amount = 0"),
    "advance.advance_agreed_by_another": attack("UPDATE funds_advance SET leader_id = payer_id"),
    "advance.advance_repaid_once": attack(
        "UPDATE funds_advance SET repaid_at = now(), repaid_by_id = "
        "(SELECT max(id) FROM people_organisation)"  # and an order is under way
    ),
    "advance.funds_advance_order_id_key": attack(
        copy("advance", "true", id="999000000", **TOKEN),
    ),
}  # fmt: skip
SERVICES = {
    "merchantbill.bill_file_once": attack(copy("merchantbill", "true", **NEW)),
    "settlement.funds_settlement_line_id_key": attack(
        copy("settlement", "true", id="999000000", transfer_id="0")
    ),
    "settlement.funds_settlement_transfer_id_key": attack(
        copy("settlement", "true", id="999000000", line_id="{line}")
    ),
    "settlement.append_only": attack("DELETE FROM funds_settlement", says="is append-only"),
    "listedorder.order_on_one_open_list": attack(copy("listedorder", "true", id="999000000")),
}  # fmt: skip
ATTACKS = (
    SERVICES | TRANSFERS | BALANCES | BOOKS | STATEMENTS | ORDERS | DUES | paper_guards.ATTACKS
)
