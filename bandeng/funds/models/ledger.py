"""The ledger: one row per transfer, so that an unbalanced entry cannot be written down.

Source: double entry by construction as in TigerBeetle's data model; holds are rows too.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models.expressions import RawSQL

from bandeng.funds.models.account import SupervisedAccount
from bandeng.funds.models.orders import Order
from bandeng.funds.models.statements import Line
from bandeng.funds.models.words import DEBIT_NORMAL, FUNDS, NO_FLOOR, Chart, Phase
from bandeng.trail.models import Clock

GUARDED = (Chart.BANK, *FUNDS)


def properties(chart: Chart) -> dict[str, Any]:
    """Give what an account's chart code decides."""
    return {
        "chart": chart,
        "normal": 1 if chart in DEBIT_NORMAL else -1,
        "floor": chart not in NO_FLOOR,
        "guarded": chart in GUARDED,
    }


def short(sql: str) -> RawSQL:
    """Give a condition as it is written here, where Django would write it four times as long.

    PostgreSQL reads the text of each check anew for each statement: that was a quarter of what
    a transfer cost.
    """
    return RawSQL(sql, [], output_field=models.BooleanField())  # noqa: S611  # our own words


PROPERTIES = reduce(or_, (models.Q(**properties(chart)) for chart in Chart))


class LedgerAccount(models.Model):
    """One account of the ledger; `code` is how the signed log names it.

    `normal` 1: grows by debit, -1: by credit. `floor`: never below zero, held sums included.
    `guarded`: money leaves it by an approved order only.
    """

    account = models.ForeignKey(
        SupervisedAccount, on_delete=models.PROTECT, related_name="ledger_accounts"
    )
    code = models.CharField(max_length=100, unique=True)
    chart = models.CharField(max_length=4, choices=Chart.choices)
    normal = models.SmallIntegerField()
    floor = models.BooleanField()
    guarded = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex="^[0-9a-f]{12}/[0-9]{4}(/[a-z0-9_]{1,64})?$"),
                name="ledger_code_says_what_it_is",
            ),
            models.UniqueConstraint(
                fields=["account", "chart"],
                condition=models.Q(chart__in=[c for c in Chart if c not in ("1122", "3101")]),
                name="ledger_chart_once",
            ),
            models.CheckConstraint(condition=PROPERTIES, name="ledger_chart_decides"),
        ]

    def __str__(self) -> str:
        return self.code


class Balance(models.Model):
    """What stands on an account, kept by the transfers' trigger; in fen."""

    account = models.OneToOneField(LedgerAccount, on_delete=models.PROTECT, primary_key=True)
    normal = models.SmallIntegerField()
    floor = models.BooleanField()
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    debit_held = models.BigIntegerField(default=0)
    credit_held = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=short(
                    "NOT floor OR CASE normal WHEN 1 THEN debit - credit >= credit_held "
                    "ELSE credit - debit >= debit_held END"
                ),
                name="never_overdrawn",
            ),
            models.CheckConstraint(
                condition=short("least(debit, credit, debit_held, credit_held) >= 0"),
                name="balance_counts_up",
            ),
        ]

    def __str__(self) -> str:
        return f"balance of #{self.account_id}"

    @property
    def amount(self) -> int:
        """Give what stands on the account's own side, in fen."""
        return (self.debit - self.credit) * self.normal

    @property
    def held(self) -> int:
        """Give what is set apart and about to leave, in fen."""
        return self.credit_held if self.normal == 1 else self.debit_held

    @property
    def free(self) -> int:
        """Give what can still be ordered, in fen."""
        return self.amount - self.held


class Head(models.Model):
    """The one lock of the ledger: the next number and the last moment."""

    one = models.BooleanField(primary_key=True, default=True)
    size = models.BigIntegerField(default=0)
    last = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(one=True), name="ledger_has_one_head"),
        ]

    def __str__(self) -> str:
        return str(self.size)


class Transfer(models.Model):
    """Money from one account to another: never changed, never deleted, numbered without a gap.

    `amount` in fen. `key` makes it safe to ask twice.
    `line` is the statement line that it books at the bank, `leaf` what the log will sign.
    Of `hold`, `reverses` and `line` the triggers `apply` and `guard` ask more than a foreign key
    would (the same accounts, the same sum), and neither transfers nor lines are ever deleted:
    a foreign key would cost every transfer, and most have none of these.
    """

    number = models.BigIntegerField(primary_key=True)
    phase = models.CharField(max_length=6, choices=Phase.choices)
    debit = models.ForeignKey(
        LedgerAccount, on_delete=models.PROTECT, related_name="debits", db_index=False
    )
    credit = models.ForeignKey(
        LedgerAccount, on_delete=models.PROTECT, related_name="credits", db_index=False
    )
    amount = models.BigIntegerField()
    hold = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="resolution", db_constraint=False
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversal", db_constraint=False
    )
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, null=True, related_name="transfers", db_index=False
    )
    line = models.OneToOneField(
        Line, models.PROTECT, null=True, related_name="booking", db_constraint=False
    )
    key = models.CharField(max_length=100, db_collation="C")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Clock(), editable=False)
    leaf = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=short("phase = ANY ('{post,hold,settle,void}')"),
                name="transfer_phase_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(debit=models.F("credit")), name="transfer_between_two"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="transfer_moves_something"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=0), name="transfer_number_counts"
            ),
            models.CheckConstraint(
                condition=short("(hold_id IS NULL) = (phase = ANY ('{post,hold}'))"),
                name="transfer_ends_a_hold",
            ),
            models.CheckConstraint(
                condition=models.Q(reverses=None) | models.Q(phase=Phase.POST),
                name="transfer_reverses_by_posting",
            ),
            models.CheckConstraint(
                condition=models.Q(at__lte=models.F("recorded_at")),
                name="transfer_not_of_the_future",
            ),
            models.UniqueConstraint(fields=["key"], name="transfer_key_once"),
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(phase__in=[Phase.POST, Phase.HOLD]),
                name="order_is_used_once",
            ),
        ]
        indexes = [
            models.Index(fields=["debit", "number"], name="transfer_by_debit"),
            models.Index(fields=["credit", "number"], name="transfer_by_credit"),
        ]

    def __str__(self) -> str:
        return f"transfer {self.number}"
