"""The supervising parties that check the log with keys of their own, and what they sign."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.trail.actions.entries import record
from bandeng.trail.models import Checkpoint, Cosignature, Entry, Thread, Witness, WitnessEnd
from bandeng.trail.rules import notes

CLOCKS_DIFFER = timedelta(minutes=5)  # a witness's time may be so far ahead of ours


class NoWitnessKey(Refused):
    """What was given is no witness's public key, or another witness has it."""


class WitnessGone(Refused):
    """This witness has been retired already."""


class NotCosigned(Refused):
    """The note is none, is of another log, or no registered witness has signed it."""


@action
def register_witness(*, key: str, role: str, by: UUID, at: datetime) -> Witness:
    """Take up a supervising party's public key ("vkey"); `role` says for whom it watches.

    Neither the key's name nor the role names a person: both stand in the log for ever.

    Raises:
        NoWitnessKey: no key of a witness, or one that is known already.
    """
    try:
        public = notes.public_key(text=key)
    except notes.NoNote as error:
        raise NoWitnessKey(_("This is no witness's public key.")) from error
    if public.kind != notes.WITNESS:
        raise NoWitnessKey(_("This is the key of a log, not of a witness."))
    if Witness.objects.filter(name=public.name).exists():
        raise NoWitnessKey(_("A witness with this name is registered already."))
    witness = Witness.objects.create(
        token=uuid4(), name=public.name, role=role, key=str(public),
        thread=Thread.objects.create(), at=at,
    )  # fmt: skip
    record(
        thread=witness.thread,
        verb="witness.registered",
        by=by,
        subject=witness.token,
        at=at,
        public={"key": public.raw},
        names={"name": public.name, "role": role},
    )
    return witness


@action
def retire_witness(*, witness: Witness, by: UUID, at: datetime) -> Entry:
    """Let a witness's signatures count no more; those that it gave stay.

    Raises:
        WitnessGone: it was retired before.
    """
    if WitnessEnd.objects.filter(witness=witness).exists():
        raise WitnessGone(_("This witness has been retired already."))
    WitnessEnd.objects.create(witness=witness, at=at)
    return record(
        thread=witness.thread, verb="witness.retired", by=by, subject=witness.token, at=at
    )


def cosign(*, note: str, at: datetime) -> list[Cosignature]:
    """Keep the lines under a checkpoint of ours that registered witnesses have signed.

    No entry tells it: a cosignature proves itself, and an entry about it would change the
    very tree that it signs.

    Returns: what is new; nothing when all of it was known.

    Raises:
        NotCosigned: with the reason, for the person at the other end.
    """
    checkpoint, lines = _ours(note=note)
    known = {witness.key: witness for witness in Witness.objects.filter(end=None)}
    keys = [notes.public_key(text=key) for key in known]
    try:
        signers = notes.signers(note=note, keys=keys)
    except notes.NotSigned as error:
        raise NotCosigned(_("No registered witness has signed this.")) from error
    found = []
    for key in signers:
        raw = next(raw for name, raw in lines if (name, raw[:4]) == (key.name, key.id))
        signed_at = _time(raw=raw, at=at)
        cosignature, is_new = Cosignature.objects.get_or_create(
            witness=known[str(key)], checkpoint=checkpoint,
            defaults={"line": notes.line(name=key.name, raw=raw), "signed_at": signed_at},
        )  # fmt: skip
        found += [cosignature] if is_new else []
    return found


def _ours(*, note: str) -> tuple[Checkpoint, list[tuple[str, bytes]]]:
    try:
        text, lines = notes.parts(note=note)
        said = notes.checkpoint(text=text)
    except notes.NoNote as error:
        raise NotCosigned(_("This is no signed checkpoint.")) from error
    checkpoint = Checkpoint.objects.filter(size=said.size, root=said.root).first()
    if not checkpoint or not checkpoint.note.startswith(f"{text}\n"):
        raise NotCosigned(_("This log has never said that."))
    return checkpoint, lines


def _time(*, raw: bytes, at: datetime) -> datetime:
    seconds = notes.signed_at(signature=raw[4:])
    if seconds > (at + CLOCKS_DIFFER).timestamp():
        raise NotCosigned(_("This signature is of the future: please check the clock."))
    return datetime.fromtimestamp(seconds, UTC)
