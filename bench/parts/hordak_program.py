"""Runs inside the peer's environment: django-hordak as its manual says, single and in bulk.

Reads its orders as JSON from stdin and writes entries per second as JSON.
"""

import json
import random
import sys
import time
from typing import Any

HOMES = 800


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


def rates(*, asked: dict[str, Any]) -> dict[str, float]:
    """Post singles by `transfer_to`, then in bulk by its own benchmark's recipe."""
    from django.db import transaction
    from hordak.models import Account, Leg, Transaction
    from moneyed import Money

    dice = random.Random(1)  # noqa: S311

    def account(name: str, code: str, **rest: Any) -> Any:
        return Account.objects.create(name=name, code=code, currencies=["CNY"], **rest)

    bank = account("Bank", "1", type="AS", is_bank_account=True)
    dues = account("Dues", "2", type="AS")
    homes = [account(f"H{n}", str(n), parent=dues) for n in range(HOMES)]

    def money() -> Any:
        return Money(dice.randrange(100, 900_000) / 100, "CNY")

    begun = time.perf_counter()
    for _n in range(asked["singles"]):
        dice.choice(homes).transfer_to(bank, money(), description="x")
    single = asked["singles"] / (time.perf_counter() - begun)
    begun = time.perf_counter()
    for _n in range(0, asked["bulks"], 5_000):
        made = [(Transaction(description="x"), money(), dice.choice(homes)) for _ in range(5_000)]
        legs = [
            leg
            for entry, amount, home in made
            for leg in (
                Leg(transaction=entry, account=bank, debit=amount),
                Leg(transaction=entry, account=home, credit=amount),
            )
        ]
        with transaction.atomic():
            Transaction.objects.bulk_create(entry for entry, _amount, _home in made)
            Leg.objects.bulk_create(legs)
    return {"single": single, "bulk": asked["bulks"] / (time.perf_counter() - begun)}


if __name__ == "__main__":
    orders = json.load(sys.stdin)
    configure(asked=orders)
    print(json.dumps(rates(asked=orders)))  # noqa: T201
