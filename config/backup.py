"""One file that holds a whole installation: database, attachments, log and keys.

The file opens everything it holds, sensitive fields included, because the keys are in it:
keep it as you keep the installation itself.
"""

import json
import os
import subprocess
import tarfile
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from config import logins
from config.installation import Installation, uses_own_server
from config.programs import folder
from config.terminal import Problem, choose

DUMP, MANIFEST, FORMAT = "database.dump", "manifest.json", 1
FOLDERS, LOG = ("keys", "signer", "media"), "log"


def backup(*, installation: Installation, file: Path) -> dict[str, Any]:
    """Write the installation into `file` (a .tar, mode 0600), whole or not at all.

    The dump is of one moment; attachments are copied after it, so that every row's file
    is there. The log's checkpoint is taken before it, so that the dump holds every leaf.

    Returns: the manifest.
    """
    half = file.with_name(f".{file.name}.half")
    with tempfile.TemporaryDirectory(prefix="bandeng-backup-") as room, installation.running():
        dump, parts = Path(room, DUMP), _end_of_log(installation.state, Path(room))
        _run(
            installation,
            "pg_dump",
            "--format=custom",
            f"--schema={logins.SCHEMA}",
            f"--file={dump}",
        )
        parts |= {DUMP: dump} | _files(installation.state)
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),  # noqa: TID251
            "sha256": {name: _digest(path) for name, path in parts.items()},
        }
        Path(room, MANIFEST).write_text(json.dumps(manifest, indent=1))
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out, tarfile.open(fileobj=out, mode="w") as tar:
            tar.add(Path(room, MANIFEST), MANIFEST)
            for name, path in parts.items():
                tar.add(path, name)
    half.replace(file)
    (installation.state / "last-backup").write_text(str(manifest["made_at"]))
    return manifest


def _end_of_log(state: Path, room: Path) -> dict[str, Path]:
    """Set the log's checkpoint aside, then the unfinished tiles that it needs.

    A tile that is finished in the meantime loses its unfinished forms; it is found later.
    """
    named = (state / LOG / name for name in ("checkpoint", "keys", "key-changes"))
    for path in (*named, *(state / LOG).rglob("*.p/*")):
        copy = room / path.relative_to(state)
        copy.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            copy.write_bytes(path.read_bytes())
    return {str(p.relative_to(room)): p for p in (room / LOG).rglob("*") if p.is_file()}


def _files(state: Path) -> dict[str, Path]:
    found = [path for name in FOLDERS for path in (state / name).rglob("*")]
    found += [path for path in (state / LOG / "tile").rglob("*") if ".p" not in path.parent.name]
    return {str(path.relative_to(state)): path for path in found if path.is_file()}


def restore(*, installation: Installation, file: Path) -> dict[str, Any]:
    """Make the installation that `file` holds in an empty state directory.

    Returns: the manifest.

    Raises:
        Problem: the directory is not empty, or the file is not a whole backup; nothing
            has been changed then.
    """
    _refuse_unless_empty(installation)
    with tempfile.TemporaryDirectory(prefix="bandeng-restore-") as room:
        manifest = _unpack(file=file, room=Path(room))
        installation.make_state()
        for name in (*FOLDERS, LOG):
            if Path(room, name).exists():
                _copy(Path(room, name), installation.state / name)
        Path(room).chmod(0o755)
        with installation.running():
            _run(
                installation, "pg_restore", f"--schema={logins.SCHEMA}", "--exit-on-error",
                str(Path(room, DUMP)),
            )  # fmt: skip
            installation.bring_up_to_date()
    return manifest


def _refuse_unless_empty(installation: Installation) -> None:
    state = installation.state
    if uses_own_server() and (state / "data").exists():
        raise Problem(
            choose(
                f"{state} already holds an installation. Restore into an empty directory: "
                "BANDENG_STATE=/new/place ./run restore FILE",
                f"{state} 中已有数据。请恢复到空目录:BANDENG_STATE=/新目录 ./run restore 文件",
            )
        )


def _unpack(*, file: Path, room: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as tar:
            tar.extractall(room, filter="data")
        manifest: dict[str, Any] = json.loads((room / MANIFEST).read_text())
        wrong = [n for n, digest in manifest["sha256"].items() if _digest(room / n) != digest]
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        raise Problem(_broken(file, str(error))) from error
    if wrong or manifest.get("format") != FORMAT:
        raise Problem(_broken(file, ", ".join(wrong) or "format"))
    return manifest


def _broken(file: Path, why: str) -> str:
    return choose(
        f"{file} is not a whole backup ({why}). Nothing was changed.",
        f"{file} 不是完整的备份文件({why})。没有改动任何数据。",
    )


def _copy(source: Path, to: Path) -> None:
    for path in sorted(source.rglob("*")):
        target = to / path.relative_to(source)
        if path.is_file():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
            target.chmod(0o600)


def _digest(path: Path) -> str:
    told = sha256()
    with path.open("rb") as data:
        while block := data.read(1 << 20):
            told.update(block)
    return told.hexdigest()


def _run(installation: Installation, program: str, *words: str) -> None:
    """Run one of PostgreSQL's programs as the owner of the database."""
    path = folder(state=installation.state) / program
    url = os.environ.get("DATABASE_OWNER_URL", "")
    own = {} if url else {
        "host": str(installation.server.socket),
        "user": logins.OWNER,
        "dbname": logins.DATABASE,
    }  # fmt: skip
    environment = os.environ | {"PGPASSFILE": os.devnull}
    if not url:
        environment["PGPASSWORD"] = installation.server.password(login=logins.OWNER)
    target = [f"--dbname={make_conninfo(url, **own)}"]
    ran = subprocess.run(
        [path, *target, *words], env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise Problem(f"{program}: {ran.stderr.strip()[-2000:]}")
