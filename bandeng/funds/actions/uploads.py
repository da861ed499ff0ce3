"""Files: looked at, then taken in whole or put away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _

from bandeng.funds.actions.bills import take_merchant_bill
from bandeng.funds.actions.dues import Bill, bill_dues
from bandeng.funds.actions.statements import take_statement
from bandeng.funds.models import (
    DuesImport,
    MerchantBill,
    Statement,
    SupervisedAccount,
    Upload,
    UploadKind,
)
from bandeng.funds.parameters import house
from bandeng.funds.permissions import can_collect
from bandeng.funds.rules.statements import Statement as Parsed
from bandeng.funds.rules.statements.words import TRADES
from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Person
from bandeng.trail.actions import record


class UploadRefused(Refused):
    """The file cannot be kept or taken in."""


@action
def keep_upload(
    *,
    account: SupervisedAccount,
    kind: UploadKind,
    file_name: str,
    content: bytes,
    by: Person,
    at: datetime,
) -> Upload:
    """Keep a file, encrypted, until it is taken in or a day has passed.

    Raises:
        UploadRefused: not allowed.
    """
    if not can_collect(person=by, account=account):
        raise UploadRefused(_("You may not take files in for this account."))
    upload = Upload.objects.create(
        account=account, kind=kind, file_name=file_name[-200:], content=content,
        sha256=sha256(content).digest(), by=by.token, at=at,
    )  # fmt: skip
    _tell(upload, "file.uploaded", by.token, at)
    return upload


@action
def discard_upload(*, upload: Upload, by: UUID, at: datetime) -> None:
    """Put a file away: it is gone, the trail keeps its hash."""
    _tell(upload, "file.discarded", by, at)
    Upload.objects.filter(pk=upload.pk).delete()


@action
def discard_abandoned_uploads(*, by: UUID, at: datetime) -> None:
    """Put away every file that nobody took in for a day."""
    limit = at - timedelta(hours=house(name="upload_kept"))
    for old in Upload.objects.filter(at__lt=limit).select_related("account").defer("content"):
        discard_upload(upload=old, by=by, at=at)


@action
def take_upload(
    *, upload: Upload, statement: Parsed, by: Person, at: datetime
) -> Statement | MerchantBill:
    """Take in a statement or a bill that was looked at; its file moves to the books.

    Raises:
        StatementRefused, BillRefused: it does not fit what is in the books by now.
    """
    given = {"content": bytes(upload.content), "file_name": upload.file_name, "by": by, "at": at}
    taken: Statement | MerchantBill
    if statement.profile in TRADES:
        taken = take_merchant_bill(account=upload.account, bill=statement, **given)  # type: ignore[arg-type]
    else:
        taken = take_statement(account=upload.account, statement=statement, **given)  # type: ignore[arg-type]
    Upload.objects.filter(pk=upload.pk).delete()
    return taken


@action
def bill_upload(*, upload: Upload, bills: Sequence[Bill], by: Person, at: datetime) -> DuesImport:
    """Bill the dues of a file that was looked at.

    Raises:
        DuesRefused: not allowed, taken in already, or a home is billed twice for one time.
    """
    taken = bill_dues(
        account=upload.account, bills=bills, file_name=upload.file_name,
        content=bytes(upload.content), by=by, at=at,
    )  # fmt: skip
    Upload.objects.filter(pk=upload.pk).delete()
    return taken


def _tell(upload: Upload, verb: str, by: UUID, at: datetime) -> None:
    record(
        thread=upload.account.thread, verb=verb, by=by, subject=upload.account.token, at=at,
        public={"account": upload.account.code, "file": bytes(upload.sha256).hex()},
    )  # fmt: skip
