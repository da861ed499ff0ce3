"""Runs inside the peer's environment: django-hordak as its manual says, single and in bulk.

The first line of stdin says where, as JSON; each later one asks for a block, `["single", 400]`,
and is answered with the seconds that it took.
"""

import json
import random
import sys
from typing import Any

from bench.parts.spent import spent

HOMES = 800
BATCH = 5_000  # its own benchmark's


def configure(*, asked: dict[str, Any]) -> None:
    """Set it up with its own settings for two decimals and one currency."""
    import django
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "mptt", "djmoney", "hordak",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql", "HOST": asked["host"],
                "USER": asked["user"], "PASSWORD": asked["password"], "NAME": asked["database"],
            }
        },
        USE_TZ=True,
        SECRET_KEY="benchmark",  # noqa: S106
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        HORDAK_DECIMAL_PLACES=2,
        HORDAK_MAX_DIGITS=16,
        DEFAULT_CURRENCY="CNY",
        CURRENCIES=("CNY",),
        HORDAK_INTERNAL_CURRENCY="CNY",
    )  # fmt: skip
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


class Books:
    """A bank account and as many homes as ours has."""

    def __init__(self) -> None:
        from hordak.models import Account

        self.dice = random.Random(1)  # noqa: S311

        def account(name: str, code: str, **rest: Any) -> Any:
            return Account.objects.create(name=name, code=code, currencies=["CNY"], **rest)

        self.bank = account("Bank", "1", type="AS", is_bank_account=True)
        dues = account("Dues", "2", type="AS")
        self.homes = [account(f"H{n}", str(n), parent=dues) for n in range(HOMES)]

    def money(self) -> Any:
        """Give a sum."""
        from moneyed import Money

        return Money(self.dice.randrange(100, 900_000) / 100, "CNY")

    def single(self, count: int) -> None:
        """Post by `transfer_to`."""
        for _n in range(count):
            self.dice.choice(self.homes).transfer_to(self.bank, self.money(), description="x")

    def bulk(self, count: int) -> None:
        """Post by its own benchmark's recipe."""
        from django.db import transaction
        from hordak.models import Leg, Transaction

        for start in range(0, count, BATCH):
            made = [
                (Transaction(description="x"), self.money(), self.dice.choice(self.homes))
                for _ in range(min(BATCH, count - start))
            ]
            legs = [
                leg
                for entry, amount, home in made
                for leg in (
                    Leg(transaction=entry, account=self.bank, debit=amount),
                    Leg(transaction=entry, account=home, credit=amount),
                )
            ]
            with transaction.atomic():
                Transaction.objects.bulk_create(entry for entry, _amount, _home in made)
                Leg.objects.bulk_create(legs)


def main() -> None:
    """Answer until stdin ends."""
    configure(asked=json.loads(sys.stdin.readline()))
    from django.db import connection

    books = Books()
    backend = connection.connection.info.backend_pid
    for line in sys.stdin:
        kind, count = json.loads(line)
        took = spent(work=lambda k=kind, n=count: getattr(books, k)(n), backend=backend)  # type: ignore[misc]
        print(json.dumps(took), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
