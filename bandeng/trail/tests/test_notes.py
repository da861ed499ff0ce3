"""Signed notes, checkpoints and cosignatures against what C2SP publishes."""

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.trail.rules import notes

# Source: C2SP signed-note and golang.org/x/mod/sumdb/note, whose example key it is.
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
FOO_NOTE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONn"
    "cAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
LOG = notes.PrivateKey("log.example/log", notes.LOG, bytes(range(32)))
WITNESS = notes.PrivateKey("witness.example/w1", notes.WITNESS, bytes(range(1, 33)))
SAID = notes.Checkpoint("log.example/log", 20852163, bytes(range(32)))


def _note(*lines):
    return SAID.text + "\n" + "".join(lines)


@pytest.mark.parametrize(("key", "note"), [(KEY, NOTE), (FOO, FOO_NOTE)])
def test_known_answers(key, note):
    known = notes.public_key(text=key)
    assert str(known) == key
    assert notes.signers(note=note, keys=[known]) == {known}
    with pytest.raises(notes.NotSigned, match="wrong"):
        notes.signers(note=note.replace("a", "e", 1), keys=[known])


def test_a_cosignature_says_when_and_is_over_the_whole_text():
    line = WITNESS.sign(text=SAID.text, time=1679315147)
    raw = b64decode(line.split()[2])
    assert raw[:4] == WITNESS.public.id
    assert int.from_bytes(raw[4:12]) == 1679315147
    assert len(raw) == 4 + 8 + 64
    assert notes.signers(note=_note(line), keys=[WITNESS.public]) == {WITNESS.public}
    later = raw[:11] + bytes([raw[11] ^ 1]) + raw[12:]
    moved = f"— {WITNESS.name} {b64encode(later).decode()}\n"
    with pytest.raises(notes.NotSigned):
        notes.signers(note=_note(moved), keys=[WITNESS.public])


def test_unknown_keys_are_ignored_and_a_note_needs_a_known_one():
    lines = LOG.sign(text=SAID.text), WITNESS.sign(text=SAID.text, time=1)
    both = {LOG.public, WITNESS.public}
    assert notes.signers(note=_note(*lines), keys=both) == both
    assert notes.signers(note=_note(*lines), keys=[LOG.public]) == {LOG.public}
    with pytest.raises(notes.NotSigned, match="no key"):
        notes.signers(note=_note(lines[0]), keys=[WITNESS.public])


@pytest.mark.parametrize(
    "note",
    ["", "text\n", "text\n\n", "text\n\n— name\n", "text\n\n- name QUFBQQ==\n", "t\n\n— n QUFB",
     "te\txt\n\n— n QUFBQQ==\n", "text\n\n— n Q===\n", "text\n\n— n QUFBQQ==\n\n"],
)  # fmt: skip
def test_what_is_no_note(note):
    with pytest.raises(notes.NoNote):
        notes.signers(note=note, keys=[LOG.public])


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", "a\n01\nAAAA\n", "a\n1\nAAAA\n", f"a\n-1\n{'A' * 43}=\n", f"\n1\n{'A' * 43}=\n",
     f"a\n1\n{'A' * 43}=\nextension\n", f"a\n1\n{'A' * 42}B=\n", f"a\n1\n{'A' * 43}="],
)  # fmt: skip
def test_what_is_no_checkpoint(text):
    with pytest.raises(notes.NoNote):
        notes.checkpoint(text=text)


@given(st.integers(0, 10**18), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_as_it_was_written(size, root):
    said = notes.Checkpoint("log.example/log", size, root)
    assert notes.checkpoint(text=said.text) == said


@pytest.mark.parametrize(
    "text", ["", "name", "a+b+c", FOO[:-1], FOO.replace("530d", "530e"), "+" + FOO]
)
def test_what_is_no_key(text):
    with pytest.raises(notes.NoNote):
        notes.public_key(text=text)
    with pytest.raises(notes.NoNote):
        notes.private_key(text=text)


def test_a_private_key_is_read_as_it_was_written():
    assert notes.private_key(text=LOG.spelt()) == LOG
    assert notes.public_key(text=str(LOG.public)) == LOG.public
    assert len(LOG.public.fingerprint) == 19
