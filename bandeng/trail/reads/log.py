"""Questions about the signed log: where an entry stands, what proves it, how the log is."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from django.conf import settings
from django.db.models import BinaryField, Count, Max, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from bandeng.trail import files
from bandeng.trail.models import Checkpoint, Entry, Leaf, SignerNotice, Thread, Witness
from bandeng.trail.rules.merkle import consistency, leaf_hash
from bandeng.trail.rules.notes import PublicKey, public_key
from bandeng.trail.rules.tiles import WIDTH, Tree, bundle
from bandeng.trail.sources import leaf_sql

REFUSALS = {
    "smaller_tree": _(
        "The database has %(have)s entries, but %(signed)s were signed: it is an old one. "
        "Restore the newest backup, or begin a new log (docs/log.md)."
    ),
    "other_root": _("The first %(size)s entries are not those that were signed."),
    "changed_row": _(
        "Row %(row)s of %(source)s (entry %(index)s) was rewritten after it was told."
    ),
    "lost_row": _("Row %(row)s of %(source)s (entry %(index)s) is gone."),
    "broken_file": _("A file of the log is missing or changed: %(name)s."),
    "key_missing": _("The key is missing: %(file)s."),
    "other_log": _("The key is of the log %(key)s, what was signed is of %(said)s."),
}
PROOF = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class LogState:
    """How the log is: its size, since when entries wait for it, what the signer said last."""

    size: int
    awaiting_since: datetime | None
    notice: SignerNotice | None


@dataclass(frozen=True)
class Witnessing:
    """A witness, and up to where it has seen the log grow."""

    witness: Witness
    size: int | None
    signed_at: datetime | None


def leaf_of(*, entry: Entry) -> int | None:
    """Give the entry's index in the log, or None while it awaits the log."""
    return leaves_of(source="entry", rows=[entry.pk]).get(entry.pk)


def entries_of(
    *, threads: Iterable[Thread], verbs: Iterable[str]
) -> tuple[str, QuerySet[Any, int]]:
    """Give what these threads tell with these verbs, as a figure names its leaves."""
    told = Entry.objects.filter(thread__in=list(threads), verb__in=list(verbs)).order_by("pk")
    return "entry", told.values_list("pk", flat=True)


def leaves_of(*, source: str, rows: Iterable[int]) -> dict[int, int]:
    """Give the index of each of these rows that is in the log already. One query."""
    found = Leaf.objects.filter(source=source, row__in=list(rows))
    return dict(found.values_list("row", "index"))


def _with_bytes(leaves: QuerySet[Leaf]) -> QuerySet[Any]:
    return leaves.annotate(leaf=RawSQL(leaf_sql(), [], output_field=BinaryField()))  # noqa: S611  # names of our own settings


def now_bundle(*, number: int) -> bytes:
    """Give 256 leaves as their rows lie in the database now, spelt like the log's bundle.

    Where it differs from the signed bundle, a row has been rewritten. A row that is gone
    stands as an empty leaf.
    """
    within = Leaf.objects.filter(index__gte=number * WIDTH, index__lt=(number + 1) * WIDTH)
    rows = _with_bytes(within).order_by("index").values_list("leaf", flat=True)
    return bundle(leaves=[bytes(leaf or b"") for leaf in rows])


def differences() -> Iterator[Leaf]:
    """Give every leaf whose row is not, or no longer, what became that leaf, or is gone."""
    for leaf in _with_bytes(Leaf.objects.order_by("index")).iterator(chunk_size=4096):
        now = leaf.leaf
        if now is None or leaf_hash(leaf=bytes(now)) != bytes(leaf.hash):
            yield leaf


def proof(
    *, source: str, row: int, opening: tuple[bytes, Mapping[str, Any]] | None = None
) -> str | None:
    """Give the receipt of one row: whoever holds it can prove the row without us.

    `opening` is a salt and the private part whose commitment the row bears.

    Returns: a C2SP tlog-proof, or None while the row awaits the log.
    """
    openings = {row: opening} if opening else {}
    return proofs(source=source, rows=[row], openings=openings).get(row)


def proofs(
    *,
    source: str,
    rows: Iterable[int],
    openings: Mapping[int, tuple[bytes, Mapping[str, Any]]] | None = None,
) -> dict[int, str]:
    """Give the receipts of many rows at once, without those that await the log."""
    found = _with_bytes(Leaf.objects.filter(source=source, row__in=list(rows)))
    ladder = _ladder()
    kept: dict[int, tuple[Tree, str]] = {}
    told: dict[int, str] = {}
    for leaf in found.order_by("index"):
        checkpoint = next((one for one in ladder if one.size > leaf.index), None)
        if checkpoint:
            if checkpoint.size not in kept:
                tree = files.tree(folder=settings.LOG_DIRECTORY, size=checkpoint.size)
                kept[checkpoint.size] = tree, cosigned(checkpoint=checkpoint)
            tree, note = kept[checkpoint.size]
            extra = _extra(bytes(leaf.leaf), (openings or {}).get(leaf.row))
            told[leaf.row] = _receipt(leaf.index, tree, note, extra)
    return told


def _ladder() -> list[Checkpoint]:
    """Give the last checkpoint after those that more witnesses signed, the most signed first.

    Whoever takes the first one over a leaf has the checkpoint that most witnesses have seen.
    """
    last = Checkpoint.objects.order_by("-size").first()
    steps, most = [last] if last else [], 0
    signed = Checkpoint.objects.filter(cosignatures__isnull=False)
    witnesses_of_all_time = Witness.objects.count()
    for one in signed.annotate(count=Count("cosignatures")).order_by("-size").iterator():
        if one.count > most:
            steps, most = [one, *(step for step in steps if step.size > one.size)], one.count
        if most == witnesses_of_all_time:
            break
    return steps


def cosigned(*, checkpoint: Checkpoint) -> str:
    """Give the checkpoint's note with the lines of those who have witnessed it."""
    lines = checkpoint.cosignatures.order_by("pk").values_list("line", flat=True)
    return checkpoint.note + "".join(lines)


def _extra(leaf: bytes, opening: tuple[bytes, Mapping[str, Any]] | None) -> bytes:
    told: dict[str, Any] = {"leaf": leaf.decode(), "v": 1}
    if opening:
        salt, private = opening
        told |= {"salt": salt.hex(), "private": rfc8785.dumps(dict(private)).decode()}
    return rfc8785.dumps(told)


def _receipt(index: int, tree: Tree, note: str, extra: bytes) -> str:
    path = tree.path(index=index)
    lines = [PROOF, f"extra {b64encode(extra).decode()}", f"index {index}"]
    return "\n".join([*lines, *(b64encode(one).decode() for one in path), "", note])


def growth(*, old: int, size: int) -> list[bytes] | None:
    """Give the consistency proof between two sizes, or None when nothing so large is signed."""
    said = files.last_checkpoint(folder=settings.LOG_DIRECTORY)
    if not said or not 0 <= old <= size <= said.size:
        return None
    tree = files.tree(folder=settings.LOG_DIRECTORY, size=size)
    return consistency(old=old, size=size, subtree=tree.subtree)


def served_checkpoint(*, witnessed: bool = False) -> str | None:
    """Give the last checkpoint, or the last of those that most witnesses have signed."""
    if witnessed:
        ladder = _ladder()
        return cosigned(checkpoint=ladder[0]) if ladder else None
    last = files.last_checkpoint(folder=settings.LOG_DIRECTORY)
    row = Checkpoint.objects.filter(size=last.size).first() if last else None
    note = files.last_note(folder=settings.LOG_DIRECTORY)
    return cosigned(checkpoint=row) if row and note == row.note else note


def log_keys() -> list[PublicKey]:
    """Give the log's public keys of today, the newest first; none before the first signing."""
    file = settings.LOG_DIRECTORY / "keys"
    lines = file.read_text().splitlines() if file.exists() else []
    return [public_key(text=line) for line in lines]


def witnesses() -> list[Witnessing]:
    """Give the witnesses of today, each with the last checkpoint that it signed."""
    found = []
    for witness in Witness.objects.filter(end=None).order_by("pk"):
        last = witness.cosignatures.order_by("-checkpoint_id").first()
        found.append(
            Witnessing(
                witness, last.checkpoint_id if last else None, last.signed_at if last else None
            )
        )
    return found


def log_refusal(*, notice: SignerNotice) -> str:
    """Say in a sentence why the signer will not sign."""
    sentence = REFUSALS.get(notice.code)
    return str(sentence) % notice.facts if sentence else f"{notice.code} {notice.facts}"


def log_state() -> LogState:
    """Look at the log: entries written after the last one that is in it are waiting."""
    top = Leaf.objects.filter(source="entry").aggregate(top=Max("row"))["top"] or 0
    waiting = Entry.objects.filter(pk__gt=top).order_by("pk").first()
    last = Checkpoint.objects.order_by("-size").first()
    return LogState(
        size=last.size if last else 0,
        awaiting_since=waiting.recorded_at if waiting else None,
        notice=SignerNotice.objects.order_by("-pk").first(),
    )
