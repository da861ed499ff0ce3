"""The statement of account (对账单) as the paper that is signed."""

from collections.abc import Sequence
from typing import Any

from bandeng.funds.models import SupervisedAccount
from bandeng.funds.standing.reckonings import LANGUAGE
from bandeng.kit.documents import render_pdf

TEMPLATE = "funds/account_statement.typ"


def reckoning_sheets(*, account: SupervisedAccount, told: Sequence[dict[str, Any]]) -> bytes:
    """Print statements of account, each beginning on a page of its own.

    Returns: a PDF.
    """
    data = {
        "estate": account.estate.name,
        "creditor": account.creditor.name,
        "issuer": account.holder.name,
        "statements": told,
    }
    return render_pdf(template=TEMPLATE, data=data, language=LANGUAGE)
