"""Who may open the addresses of collecting; columns as in tests/access.py.

Alice owns the home that owes. Bob, Charlie and Dora collect nothing; the collector's own way is
walked in tests/test_collect_pages.py.
"""

OWN = (200, 404, 404, 404, 302)  # the home's people alone
SIGNED_IN = (200, 200, 200, 200, 302)
NOT_YET = (404, 404, 404, 404, 302)  # the payment awaits the log

ACCESS = {
    "funds:homes": {"GET": SIGNED_IN},
    "funds:home": {"GET": OWN},
    "funds:household_file": {"GET": OWN},
    "funds:payment_proof": {"GET": NOT_YET},
    "funds:claim_paid": {"GET": OWN, "POST": OWN},
    "funds:dispute_due": {"GET": OWN, "POST": OWN},
}


def values(world):
    place = world.account.receivables.get(home=world.home)
    home = {"pk": place.pk}
    return {
        "home": home,
        "household_file": home,
        "claim_paid": home,
        "payment_proof": home | {"number": place.allocations.earliest("pk").paid_id},
        "dispute_due": {"pk": place.dues.earliest("pk").pk},
    }
