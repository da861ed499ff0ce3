"""Pictures on a thread. A row is never without its file; a file without a row is swept."""

from datetime import datetime
from functools import partial
from hashlib import sha256
from uuid import UUID, uuid4

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.kit.pictures import Picture, Sent
from bandeng.kit.storage import keep, remove
from bandeng.trail import pictures
from bandeng.trail.actions.entries import record
from bandeng.trail.models import Attachment, Audience, Entry, Thread


class AttachmentGone(Refused):
    """Somebody else was quicker."""


@action
def attach(
    *, thread: Thread, file: Sent | Picture, audience: Audience, by: UUID, at: datetime
) -> Attachment:
    """Hang a picture on `thread`: cleaned, kept for good, then told.

    The file is durable before the row can be: a crash in between leaves a file that
    `sweep_attachments` removes. A form cleans the file itself (`trail.forms`), so that
    no lock waits for it.

    Raises:
        bandeng.kit.pictures.PictureRefused: it cannot be kept.
    """
    picture = file if isinstance(file, Picture) else pictures.prepared(file=file)
    token, digest = uuid4(), sha256(picture.content).digest()
    small = pictures.name(token=token, thumbnail=True)
    keep(storage=default_storage, name=small, content=picture.thumbnail)
    keep(storage=default_storage, name=pictures.name(token=token), content=picture.content)
    attachment = Attachment.objects.create(
        token=token,
        thread=thread,
        audience=audience,
        content_type=picture.content_type,
        sha256=digest,
        size=len(picture.content),
        width=picture.width,
        height=picture.height,
        at=at,
    )
    record(
        thread=thread,
        verb="attachment.added",
        by=by,
        subject=token,
        at=at,
        public={"audience": audience, "sha256": digest.hex(), "size": len(picture.content)},
    )
    return attachment


@action
def erase_attachment(*, attachment: Attachment, by: UUID, at: datetime) -> Entry:
    """Take a picture away for good; that it was there, and its digest, stay told.

    The files go after the commit: until then the row may still need them.

    Raises:
        AttachmentGone: it is already gone.
    """
    deleted, _each = Attachment.objects.filter(pk=attachment.pk).delete()
    if not deleted:
        raise AttachmentGone(_("This picture has already been erased."))
    for small in (False, True):
        name = pictures.name(token=attachment.token, thumbnail=small)
        transaction.on_commit(partial(remove, storage=default_storage, name=name))
    return record(
        thread=attachment.thread,
        verb="attachment.erased",
        by=by,
        subject=attachment.token,
        at=at,
    )
