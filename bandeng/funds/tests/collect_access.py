"""Who may open the addresses of collecting; columns as in tests/access.py.

Alice owns the home that owes. Bob, Charlie and Dora collect nothing; the collector's own way is
walked in tests/test_collect_pages.py.
"""

from bandeng.funds import actions
from bandeng.funds.models import UploadKind
from bandeng.funds.tests.world import received

OWN = (200, 404, 404, 404, 302)  # the home's people alone
SIGNED_IN = (200, 200, 200, 200, 302)
BOOKS = (403, 403, 404, 404, 302)  # the account is seen, its books are not theirs
LOCKED = {"GET": BOOKS, "POST": BOOKS}
NOT_YET = (404, 404, 404, 404, 302)  # the payment awaits the log

ACCESS = {
    "funds:homes": {"GET": SIGNED_IN},
    "funds:home": {"GET": OWN},
    "funds:household_file": {"GET": OWN},
    "funds:payment_proof": {"GET": NOT_YET},
    "funds:claim_paid": {"GET": OWN, "POST": OWN},
    "funds:dispute_due": {"GET": OWN, "POST": OWN},
    "funds:statements": {"GET": BOOKS},
    "funds:take_statement": LOCKED,
    "funds:check_statement": LOCKED,
    "funds:statement": {"GET": BOOKS},
    "funds:matching": {"GET": BOOKS},
    "funds:dues": {"GET": BOOKS},
    "funds:bill_dues": LOCKED,
    "funds:check_dues": LOCKED,
    "funds:match_certain": LOCKED,
    "funds:propose_match": LOCKED,
    "funds:confirm_match": LOCKED,
    "funds:unmatch": {"GET": (403, 404, 404, 404, 302), "POST": (403, 404, 404, 404, 302)},
}
BY_ACCOUNT = (
    "statements", "take_statement", "matching", "match_certain", "dues", "bill_dues",
)  # fmt: skip


def things(world):
    """Add, once, a receipt that waits with a proposal, and a file that is looked at."""
    if not hasattr(world, "proposal"):
        by = {"by": world.people["Mona"], "at": world.now}
        place = world.account.receivables.get(home=world.home)
        line = received(world, 700).lines.get()
        world.proposal = actions.propose_match(line=line, shares={place: 100}, **by)
        world.uploads = {
            kind: actions.keep_upload(
                account=world.account, kind=kind, file_name="流水.csv", content=b"raw", **by
            )
            for kind in UploadKind
        }


def values(world):
    things(world)
    account, line = {"pk": world.account.pk}, world.proposal.line
    place = world.account.receivables.get(home=world.home)
    home = {"pk": place.pk}
    return {
        "home": home,
        "household_file": home,
        "claim_paid": home,
        "payment_proof": home | {"number": place.allocations.earliest("pk").paid_id},
        **dict.fromkeys(BY_ACCOUNT, account),
        "check_dues": {"token": world.uploads[UploadKind.DUES].token},
        "check_statement": {"token": world.uploads[UploadKind.STATEMENT].token},
        "statement": account | {"statement": line.statement_id},
        "propose_match": account | {"line": line.pk},
        "confirm_match": {"pk": world.proposal.pk},
        "unmatch": {"pk": place.allocations.earliest("pk").pk},
        "dispute_due": {"pk": place.dues.earliest("pk").pk},
    }
