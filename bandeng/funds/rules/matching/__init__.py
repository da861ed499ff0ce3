"""Which dues a payment pays: certain enough to book, or a question with ranked answers. Pure.

`evidence` reads a line, `book` finds homes by it and knows what is open, `sums` fits the
amount to dues, `judge` weighs one line, `run` decides many together: stronger rules first,
rivals for one home against each other. The amount alone never decides.
"""

from bandeng.funds.rules.matching.book import Book
from bandeng.funds.rules.matching.model import (
    Allocation,
    Automatic,
    Bounced,
    Candidate,
    Decision,
    Due,
    Home,
    Key,
    Payment,
    Queue,
    Reason,
    Returned,
    Rule,
    Why,
)
from bandeng.funds.rules.matching.run import match

__all__ = [
    "Allocation",
    "Automatic",
    "Book",
    "Bounced",
    "Candidate",
    "Decision",
    "Due",
    "Home",
    "Key",
    "Payment",
    "Queue",
    "Reason",
    "Returned",
    "Rule",
    "Why",
    "match",
]
