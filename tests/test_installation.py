"""An installation from outside: prepared, backed up, restored, and what it says when it cannot."""

import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import pytest

from config.cli import main
from config.installation import Installation
from config.serving import check_port
from config.terminal import Problem

ROOT = Path(__file__).parents[1]
ENROL = """
import django; django.setup()
from datetime import UTC, datetime
from bandeng.people.actions import enrol_person
from bandeng.trail.rules import HOUSE
enrol_person(name="某人", phone="+8613800000077", by=HOUSE, at=datetime(2024, 3, 1, tzinfo=UTC))
"""
LOOK = """
import django; django.setup()
from bandeng.people.models import Person
from bandeng.trail.models import EntryPrivate
print([(p.phone, str(p.token)) for p in Person.objects.all()], EntryPrivate.objects.count())
"""


def _bandeng(state, *words):
    environment = os.environ | {"BANDENG_STATE": str(state), "LANG": "en_US.UTF-8", "LC_ALL": ""}
    return subprocess.run(
        [sys.executable, "-P", "-m", "config.cli", *words], capture_output=True, text=True,
        check=False, cwd=ROOT, env=environment | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def _python(state, code):
    installation = Installation(state)
    with installation.running():
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            cwd=ROOT, env=installation.environment,
        )  # fmt: skip
    return ran.stdout


@pytest.fixture(scope="module")
def place():
    with tempfile.TemporaryDirectory(prefix="bandeng-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def installed(place):
    """One installation with one person in it, and its backup."""
    state = place / "one"
    installation = Installation(state)
    with installation.running():
        installation.bring_up_to_date()
    _python(state, ENROL)
    with installation.running():
        installation.sign()
    made = _bandeng(state, "backup", str(place / "backup.tar"))
    assert made.returncode == 0, made.stderr
    assert "keep it safe" in made.stdout
    return state


def test_a_backup_is_for_its_owner_alone(installed, place):
    assert (place / "backup.tar").stat().st_mode & 0o777 == 0o600


def test_a_backup_restored_into_an_empty_place_is_the_same(installed, place):
    other = place / "other"
    back = _bandeng(other, "restore", str(place / "backup.tar"))
    assert back.returncode == 0, back.stderr
    assert _python(other, LOOK) == _python(installed, LOOK)
    assert "+8613800000077" in _python(other, LOOK)


def test_the_log_goes_on_in_the_restored_installation(installed, place):
    """Its key and files are in the backup; the signer finds the tree that it signed."""
    other = place / "further"
    assert _bandeng(other, "restore", str(place / "backup.tar")).returncode == 0
    before = (installed / "log" / "checkpoint").read_text()
    assert (other / "log" / "checkpoint").read_text() == before
    assert (other / "signer" / "key").read_text() == (installed / "signer" / "key").read_text()
    assert (other / "signer" / "key").stat().st_mode & 0o777 == 0o600
    _python(other, ENROL.replace("0077", "0078"))
    with Installation(other).running():
        Installation(other).sign()
    size = [int(text.split("\n")[1]) for text in (before, (other / "log/checkpoint").read_text())]
    assert size[1] > size[0]
    checked = _bandeng(
        other, "verify", "audit", str(other / "log"), "--key", str(installed / "log" / "keys"),
        "--saved", str(installed / "log" / "checkpoint"),
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr
    shutil.rmtree(installed / "log")  # the first one's database is now older than its log
    shutil.copytree(other / "log", installed / "log")
    with Installation(installed).running():
        assert Installation(installed).ask("sign_log", "--once", settings="config.signer") != 0
    assert (installed / "log/checkpoint").read_text() == (other / "log/checkpoint").read_text()


def test_a_place_with_data_is_not_restored_over(installed, place):
    before = _python(installed, LOOK)
    back = _bandeng(installed, "restore", str(place / "backup.tar"))
    assert back.returncode == 1
    assert "already holds an installation" in back.stderr
    assert _python(installed, LOOK) == before


def test_a_changed_backup_is_refused_and_nothing_is_made(installed, place):
    room = place / "unpacked"
    with tarfile.open(place / "backup.tar") as tar:
        tar.extractall(room, filter="data")
    key = room / "keys" / "fields"
    key.write_bytes(key.read_bytes()[::-1])
    with tarfile.open(place / "changed.tar", "w") as tar:
        for part in sorted(room.iterdir()):
            tar.add(part, part.name)
    back = _bandeng(place / "never", "restore", str(place / "changed.tar"))
    assert back.returncode == 1
    assert "keys/fields" in back.stderr
    assert not (place / "never").exists()


def test_what_is_not_a_backup_is_refused(place):
    (place / "photo.tar").write_bytes(b"no tar")
    back = _bandeng(place / "never", "restore", str(place / "photo.tar"))
    assert back.returncode == 1
    assert "not a whole backup" in back.stderr


def test_two_processes_do_not_hold_the_same_data(place):
    with Installation(place / "held").held():
        second = _bandeng(place / "held", "up", "--port", "18999")
    assert second.returncode == 1
    assert f"Another process ({os.getpid()})" in second.stderr


def test_help_names_every_command_for_people(capsys):
    assert main(["help"]) == 0
    told = capsys.readouterr().out
    for name in ("demo", "backup", "ledger", "log-key", "create-administrator"):
        assert f"    {name} " in told
    assert "build-demo" not in told


def test_a_port_that_is_taken_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Problem, match=r"--port"):
            check_port(port=other.getsockname()[1])


def test_the_demo_settings_refuse_a_place_that_is_no_demo(place):
    installation = Installation(place / "real", "config.demo")
    assert installation.ask("check") != 0


@pytest.fixture
def bare_tools(tmp_path):
    """A PATH with a shell's everyday tools and a Python that is too old."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "df", "awk", "cksum", "grep", "tail", "cat", "rm", "cp"):
        (tools / name).symlink_to(shutil.which(name))
    old = tools / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit\nexit 1\n')
    old.chmod(0o755)
    shutil.copy(ROOT / "run", tmp_path / "run")
    (tmp_path / "requirements.lock").write_text(
        "no-such-package-anywhere==1 --hash=sha256:" + 64 * "0"
    )
    return tools


@pytest.mark.parametrize(
    ("lang", "told"), [("en_US.UTF-8", "3.11 or later"), ("zh_CN", "更高版本")]
)
def test_a_python_that_is_too_old_is_told(bare_tools, lang, told):
    ran = subprocess.run(
        [bare_tools.parent / "run", "demo"], capture_output=True, text=True, check=False,
        env={"PATH": str(bare_tools), "LANG": lang},
    )  # fmt: skip
    assert ran.returncode == 1
    assert told in ran.stderr
    assert "3.9.2" in ran.stderr


def test_a_registry_that_cannot_be_reached_is_told(bare_tools):
    environment = os.environ | {
        "LANG": "en_US.UTF-8",
        "LC_ALL": "",
        "BANDENG_PYTHON": sys.executable,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_FIND_LINKS": "",
        "PIP_NO_CACHE_DIR": "1",
    }
    ran = subprocess.run(
        [bare_tools.parent / "run", "demo"], capture_output=True, text=True, check=False, env=environment
    )  # fmt: skip
    assert ran.returncode == 1
    assert "registry cannot be reached" in ran.stderr
