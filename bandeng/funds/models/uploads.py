"""Files between being looked at and being taken in."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from bandeng.funds.models.account import SupervisedAccount
from bandeng.kit.fields import EncryptedBytesField


class UploadKind(models.TextChoices):
    """What a file is meant to be."""

    STATEMENT = "statement", _("bank statement")
    DUES = "dues", _("dues")


class Upload(models.Model):
    """A file that somebody looks at before taking it in; it lies encrypted, for a day."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(SupervisedAccount, on_delete=models.PROTECT, related_name="uploads")
    kind = models.CharField(max_length=10, choices=UploadKind.choices)
    file_name = models.CharField(max_length=200)
    content = EncryptedBytesField()
    sha256 = models.BinaryField()
    by = models.UUIDField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.file_name
