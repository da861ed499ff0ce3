"""The ledger on a disk that fills up: refused, not half done; with room again it goes on.

`python -m bench.parts.full_disk FOLDER` works in an installation of its own on that disk and
prints one line of JSON.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from bench.parts.crash_writer import post
from config import logins
from config.installation import Installation

ROOM = 24 << 20  # bytes that are left when the posting begins
BATCH = 2_000


def fill(*, file: Path) -> None:
    """Leave `ROOM` on the disk, no more."""
    disk = os.statvfs(file.parent)
    with file.open("wb") as out:
        os.posix_fallocate(out.fileno(), 0, disk.f_bavail * disk.f_frsize - ROOM)


def post_until_full(*, installation: Installation, credit: int, home: int) -> tuple[set[str], str]:
    """Give the keys that were acknowledged, and what the database said at last."""
    acknowledged: set[str] = set()
    server = installation.server
    try:
        with logins.connect(server=server, login=logins.APP, database=logins.DATABASE) as app:
            while True:
                asked = [(uuid4().hex, home, 5) for _ in range(BATCH)]
                post(connection=app, credit=credit, asked=asked)
                acknowledged.update(key for key, _home, _fen in asked)
    except psycopg.Error as error:
        return acknowledged, str(error)


def look(*, installation: Installation) -> tuple[set[str], list[Any]]:
    """Give the keys that are there, and what the recheck finds."""
    server = installation.server
    with logins.connect(server=server, login=logins.OWNER, database=logins.DATABASE) as owner:
        keys = {key for (key,) in owner.execute("SELECT key FROM funds_transfer").fetchall()}
        return keys, owner.execute("SELECT what, number FROM funds_recheck()").fetchall()


def main() -> None:
    """Fill, look, make room, go on."""
    folder = Path(sys.argv[1])
    installation = Installation(folder / "state")
    os.environ |= installation.environment
    with installation.running():
        installation.manage("migrate", "--verbosity=0", settings="config.owner")
        from bench.parts.ledger import accounts

        server = installation.server
        with logins.connect(server=server, login=logins.OWNER, database=logins.DATABASE) as owner:
            credit, homes = accounts(owner=owner)
        fill(file=folder / "filler")
        acknowledged, said = post_until_full(
            installation=installation, credit=credit, home=homes[0]
        )
        (folder / "filler").unlink()
    with installation.running():  # whether or not it had to stop
        there, found = look(installation=installation)
        server = installation.server
        with logins.connect(server=server, login=logins.APP, database=logins.DATABASE) as app:
            ((number, _again),) = post(
                connection=app, credit=credit, asked=[("with room again", homes[0], 5)]
            )
    told = {
        "said": said, "acknowledged": len(acknowledged), "lost": len(acknowledged - there),
        "more": len(there - acknowledged), "amiss": found, "goes_on_at": number,
    }  # fmt: skip
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
