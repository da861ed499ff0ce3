"""Who may open the room's addresses: Alice owns a home here, Bob works for her community.

Charlie has nothing to do with the account; Dora works for another community. None of the four
holds, supervises or audits: whoever does walks on in tests/test_pages.py.
"""

from bandeng.funds.tests import collect_access as collect
from bandeng.funds.tests.world import advanced, frozen, funded, one_list, ordered, sheet

SEEN = (200, 200, 404, 404, 302)  # the account, without its books
HIDDEN = (403, 403, 404, 404, 302)  # seen, but not theirs to do
NOBODYS = (404, 404, 404, 404, 302)  # orders: only who reads the books
SIGNED_IN = (200, 200, 200, 200, 302)
LOCKED = {"GET": HIDDEN, "POST": HIDDEN}
AWAY = {"GET": NOBODYS, "POST": NOBODYS}
STAFF = (403, 200, 403, 200, 302)
OFFICERS = (403, 403, 403, 403, 302)

ACCESS = {
    "funds:accounts": {"GET": SIGNED_IN},
    "funds:prepare_account": {"GET": OFFICERS, "POST": OFFICERS},
    "funds:account": {"GET": SEEN},
    "funds:add_paper": LOCKED,
    "funds:paper": {"GET": HIDDEN},
    "funds:add_purpose": LOCKED,
    "funds:open_account": LOCKED,
    "funds:order_policy": LOCKED,
    "funds:freeze_account": LOCKED,
    "funds:end_freeze": LOCKED,
    "funds:transfers": {"GET": HIDDEN},
    "funds:make_order": LOCKED,
    "funds:order_earmark": LOCKED,
    "funds:inbox": {"GET": SIGNED_IN},
    "funds:orders": {"GET": SIGNED_IN},
    "funds:order": {"GET": NOBODYS},
    "funds:order_sheet": {"GET": NOBODYS},
    "funds:stop_order": AWAY,
    "funds:carry_out": AWAY,
    "funds:return_order": AWAY,
    "funds:approve_order": AWAY,
    "funds:enter_sheet": AWAY,
    "funds:sheet": {"GET": NOBODYS},
    "funds:check_sheet": AWAY,
    "funds:advances": {"GET": SIGNED_IN},
    "funds:make_advance": {"GET": STAFF, "POST": (403, 200, 403, 200, 302)},  # no such case
    "funds:advance": {"GET": (404, 200, 404, 404, 302)},
    "funds:receipt": {"GET": (404, 200, 404, 404, 302)},
    "funds:repay_advance": {
        "GET": (404, 403, 404, 404, 302),
        "POST": (404, 403, 404, 404, 302),
    },
    "funds:order_repayment": {
        "GET": (404, 403, 404, 404, 302),
        "POST": (404, 403, 404, 404, 302),
    },
} | collect.ACCESS
BY_ACCOUNT = {
    "account", "add_paper", "add_purpose", "open_account", "order_policy", "freeze_account",
    "make_order", "order_earmark",
}  # fmt: skip
BY_ORDER = {
    "order", "order_sheet", "stop_order", "carry_out", "return_order", "approve_order",
    "enter_sheet",
}  # fmt: skip
BY_ADVANCE = {"advance", "receipt", "repay_advance", "order_repayment"}


def things(world):
    """Add, once, an order with a sheet that waits, a freeze, and what Bob paid himself."""
    if not hasattr(world, "order"):
        funded(world)
        world.order = ordered(world)
        world.sheet = sheet(world, world.order)
        world.list = one_list(world)
        world.freeze = frozen(world)
        world.advance = advanced(world)
    return world


def values(world):
    world = things(world)
    account, order = {"pk": world.account.pk}, {"pk": world.order.pk}
    by = dict.fromkeys(BY_ACCOUNT, account) | dict.fromkeys(BY_ORDER, order)
    by |= {name: {"pk": world.advance.pk} for name in BY_ADVANCE}
    by |= collect.values(world)
    by |= {
        "paper": account | {"paper": world.account.papers.earliest("pk").pk},
        "transfers": account | {"book": world.fire.pk},
        "end_freeze": account | {"freeze": world.freeze.pk},
        "sheet": order | {"sheet": world.sheet.pk},
        "check_sheet": order | {"sheet": world.sheet.pk},
    }
    return {f"funds:{name}": value for name, value in by.items()}


def data(world):
    return {"funds:make_advance": {"number": "20200101-003001-9"}}
