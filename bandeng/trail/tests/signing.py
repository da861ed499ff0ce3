"""A signer on the test's own clone, and a naive look at what it signed."""

from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings

from bandeng.trail.actions import record
from bandeng.trail.models import Leaf, Thread
from bandeng.trail.rules import HOUSE, merkle, notes
from bandeng.trail.signer import Signer
from config import logins
from tests.world import NOW

ORIGIN = "log.example/log"


def tell(count=1, **facts):
    """Write entries, each committed by itself."""
    thread = Thread.objects.create()
    act: dict[str, Any] = {"thread": thread, "verb": "test.happened", "by": HOUSE, "at": NOW}
    return [record(**act, subject=uuid4(), public={"count": n, **facts}) for n in range(count)]


def said(folder):
    """Give the checkpoint that lies there, its signature checked."""
    note = (folder / "checkpoint").read_text()
    keys = [notes.public_key(text=k) for k in (folder / "keys").read_text().splitlines()]
    assert notes.signers(note=note, keys=keys) == set(keys)
    return notes.checkpoint(text=notes.parts(note=note)[0])


def naive_root(size=None):
    """Build the tree anew from the table."""
    leaves = list(Leaf.objects.order_by("index")[:size])
    assert [leaf.index for leaf in leaves] == list(range(len(leaves)))

    def mth(hashes):
        if len(hashes) == 1:
            return hashes[0]
        k = merkle.split(count=len(hashes))
        return merkle.node_hash(left=mth(hashes[:k]), right=mth(hashes[k:]))

    return mth([bytes(leaf.hash) for leaf in leaves]) if leaves else merkle.EMPTY


@pytest.fixture
def log_folder(tmp_path, settings):
    settings.LOG_DIRECTORY = tmp_path / "log"
    return django_settings.LOG_DIRECTORY


@pytest.fixture
def new_signer(server, own_clone, log_folder, tmp_path):
    """Start signers; each has a connection and a memory of its own."""
    started = []

    def start(**given):
        def connect():
            return logins.connect(server=server, login=logins.SIGNER, database=own_clone)

        usual = {"connect": connect, "folder": log_folder, "key": tmp_path / "signer" / "key"}
        one = Signer(**usual | given, origin=ORIGIN, stop=Event())
        started.append(one)
        return one

    yield start
    for one in started:
        one.leave()


@pytest.fixture
def signer(new_signer):
    return new_signer()
