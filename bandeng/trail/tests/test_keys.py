"""The log's key: made, changed, retired, lost."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bandeng.trail import keys, reads
from bandeng.trail.models import SignerNotice
from bandeng.trail.rules import notes
from bandeng.trail.tests.signing import ORIGIN, naive_root, said, tell


@pytest.fixture
def key_file(log_folder, tmp_path, settings):
    settings.LOG_KEY = tmp_path / "signer" / "key"
    settings.BANDENG_URL = "https://log.example"
    return settings.LOG_KEY


def ask(what):
    out = StringIO()
    call_command("log_key", what, stdout=out)
    return out.getvalue()


def test_a_log_is_named_after_its_address():
    assert keys.origin_of(url="https://office.example:8443/") == "office.example:8443/log"


def test_a_key_is_made_once_and_shown_without_its_secret(key_file):
    told = ask("new")
    (key,) = keys.load(file=key_file)
    assert str(key.public) in told
    assert key.public.fingerprint in told
    assert key.name == ORIGIN
    assert key.spelt() not in told
    assert ask("show") == told
    assert key_file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError):
        ask("new")


def test_a_missing_key_is_told(key_file):
    for what in ("show", "rotate", "retire"):
        with pytest.raises(CommandError):
            ask(what)
    key_file.parent.mkdir()
    key_file.write_text("no key\n")
    with pytest.raises(CommandError):
        ask("show")


def test_a_changed_key_signs_beside_the_old_one_until_that_is_retired(signer, key_file, log_folder):
    tell()
    signer.turn()
    (old,) = keys.load(file=key_file)
    note = ask("rotate")
    new = keys.load(file=key_file)[0]
    change = (log_folder / "key-changes").read_text().rstrip("\n") + "\n"
    assert notes.signers(note=change, keys=[old.public, new.public]) == {old.public, new.public}
    assert change.split("\n")[3:5] == [str(old.public), str(new.public)]
    assert change.rstrip("\n") in note
    tell()
    signer.turn()
    both = {old.public, new.public}
    assert notes.signers(note=(log_folder / "checkpoint").read_text(), keys=both) == both
    assert set(reads.log_keys()) == both
    assert str(old.public) in ask("retire")
    tell()
    signer.turn()
    assert reads.log_keys() == [new.public]
    with pytest.raises(notes.NotSigned):
        notes.signers(note=(log_folder / "checkpoint").read_text(), keys=[old.public])
    assert said(log_folder).root == naive_root()


def test_a_lost_key_is_not_silently_replaced(new_signer, signer, key_file, log_folder):
    tell()
    signer.turn()
    before = said(log_folder)
    signer.leave()
    key_file.unlink()
    with pytest.raises(CommandError):
        ask("new")
    tell()
    one = new_signer()
    one.turn()
    assert not one.turn()
    assert SignerNotice.objects.latest("pk").code == "key_missing"
    one.leave()
    assert "log.example/log/2" in ask("restart")
    assert not (log_folder / "checkpoint").exists()
    assert (log_folder.with_name("log-until-2") / "checkpoint").exists()
    again = new_signer()
    tell()
    for _each in range(100):
        if again.turn():
            break
        again.stop.wait(0.05)
    after = said(log_folder)
    assert after.origin == "log.example/log/2"
    assert after.size == before.size + 2
    assert after.root == naive_root()
    assert reads.served_checkpoint() == (log_folder / "checkpoint").read_text()


def test_a_key_of_another_log_is_refused(new_signer, signer, key_file, log_folder):
    tell()
    signer.turn()
    signer.leave()
    key_file.unlink()
    keys.make(file=key_file, origin="other.example/log")
    one = new_signer()
    for _each in range(100):
        if one.at_work:
            break
        assert not one.turn()
    assert SignerNotice.objects.latest("pk").code == "other_log"
