"""A thread with one entry that keeps a name back, and a witness of the log."""

from uuid import uuid4

from django.conf import settings

from bandeng.trail import actions, files
from bandeng.trail.keys import signed
from bandeng.trail.models import Thread
from bandeng.trail.rules import HOUSE
from bandeng.trail.rules.merkle import leaf_hash
from bandeng.trail.rules.notes import LOG, WITNESS, Checkpoint, PrivateKey
from bandeng.trail.rules.tiles import Edge

COMMITTEE, AUDITOR = (
    PrivateKey(f"witness.example/{name}", WITNESS, bytes([n] * 32))
    for n, name in enumerate(("committee", "auditor"))
)


SIGNER = PrivateKey("log.example/log", LOG, bytes(32))


def _sample_log():
    """Lay a log of one leaf where the installation has its own, for whoever only reads it."""
    folder, leaf = settings.LOG_DIRECTORY, b"{}"
    if folder != settings.STATE / "log" or files.last_note(folder=folder):
        return
    edge = Edge()
    list(edge.add(leaf=leaf, hashed=leaf_hash(leaf=leaf)))
    note = signed(checkpoint=Checkpoint(SIGNER.name, 1, edge.root()), keys=[SIGNER])
    public = [("keys", f"{SIGNER.public}\n".encode()), ("checkpoint", note.encode())]
    files.write(folder=folder, files=[*edge.unfinished(), *public])


def furnish(world):
    _sample_log()
    world.thread, world.subject = Thread.objects.create(), uuid4()
    world.entry = actions.record(
        thread=world.thread,
        verb="test.happened",
        by=HOUSE,
        subject=world.subject,
        at=world.now,
        public={"count": 1},
        private={"name": "某人"},
    )
    world.witness = actions.register_witness(
        key=str(COMMITTEE.public), role="业主委员会", by=HOUSE, at=world.now
    )
