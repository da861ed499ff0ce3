"""Money leaves by an order that enough supervisors approved with their own keys."""

import pytest

from bandeng.funds import actions
from bandeng.funds.models import Balance, Chart, Phase
from bandeng.funds.tests.world import YUAN, approved, funded, ordered, received

pytestmark = pytest.mark.django_db


def stands(world, chart):
    account = world.account.ledger_accounts.get(chart=chart)
    return Balance.objects.get(account=account).amount


def carry_out(world, order):
    return actions.carry_out(order=order, by=world.people["Mona"], at=world.now)


def test_three_hundred_yuan_go_out_and_the_bank_says_so(world):
    funded(world)
    order = approved(world, ordered(world))
    hold = carry_out(world, order)
    assert (hold.phase, hold.amount) == (Phase.HOLD, 300 * YUAN)
    assert Balance.objects.get(account=world.fire).free == 19_700 * YUAN
    memo = order.token.hex[:12].upper()
    line = received(world, -300, said={1: (memo, "某消防公司", "6211")}).lines.get()
    assert (line.booking.phase, line.booking.hold) == (Phase.SETTLE, hold)
    assert stands(world, Chart.BANK) == 19_700 * YUAN
    assert Balance.objects.get(account=world.fire).amount == 19_700 * YUAN


def test_without_enough_approvals_the_database_refuses(world):
    funded(world)
    order = approved(world, ordered(world), "Nils")
    with pytest.raises(actions.LedgerRefused, match="会签"):
        carry_out(world, order)


def test_a_larger_sum_needs_more_roles(world):
    funded(world)
    order = approved(world, ordered(world, 15_000))
    with pytest.raises(actions.LedgerRefused, match="会签"):
        carry_out(world, order)
    assert carry_out(world, approved(world, order, "Erin"))


def test_a_payment_that_comes_back_within_one_statement_is_undone(world):
    funded(world)
    said = {1: ("物业费", "王某", "6217"), 2: ("退汇 户名不符", "王某", "6217")}
    first, back = received(world, 500, -500, said=said).lines.order_by("n")
    assert back.booking.reverses == first.booking
    assert stands(world, Chart.SUSPENSE) == stands(world, Chart.UNEXPLAINED) == 0
