"""A bank's or a merchant's statement out of the file that somebody really has. Pure.

`source` opens the bytes, `words` knows what columns are called and which bank writes so,
`cells` reads single cells, `table` finds the lines, `merchant` and `camt` read two other
shapes, `chain` proves the balances, `overlap` fits a statement to what is held already,
`lump` finds the sums at the bank that a merchant's bill explains.
A file is taken whole or refused whole, with every reason at its row.
"""

from bandeng.funds.rules.statements.lump import Judgement, Receipt, Waits, judge, service_of
from bandeng.funds.rules.statements.model import (
    Code,
    Kind,
    Line,
    Problem,
    Statement,
    Unreadable,
)
from bandeng.funds.rules.statements.overlap import Fit, Held, align
from bandeng.funds.rules.statements.read import read_statement

__all__ = [
    "Code",
    "Fit",
    "Held",
    "Judgement",
    "Kind",
    "Line",
    "Problem",
    "Receipt",
    "Statement",
    "Unreadable",
    "Waits",
    "align",
    "judge",
    "read_statement",
    "service_of",
]
