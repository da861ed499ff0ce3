"""kill -9 of the database with all its backends, of six writers and of the signer, again and again.

`python -m bench.parts.crash ROUNDS [--careless]` prints one line of JSON. After each restart:
what was acknowledged is there, once, under its number; what was in doubt is sent again with the
same key; numbers have no gap, the recheck finds nothing. At the end each checkpoint that was
ever published is still the root over the first leaves of the tree, and every leaf is what its
row says. `--careless` (synchronous_commit off) is the control: it must lose something.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import IO, Any

import psutil
import psycopg

from bench import frame
from bench.parts.crash_writer import post
from config import logins
from config.installation import ROOT, Installation

WRITERS = 6
Asked = tuple[str, int, int]


@dataclass
class Tally:
    """What was promised and what became of it."""

    acknowledged: dict[str, tuple[int, int]] = field(default_factory=dict)  # key → number, fen
    doubtful: list[Asked] = field(default_factory=list)
    published: dict[int, bytes] = field(default_factory=dict)  # size → root
    lost: int = 0
    double: int = 0
    resent: int = 0
    had_been_posted: int = 0
    amiss: list[str] = field(default_factory=list)


class Writer:
    """A writer's process, and a thread that hears what it says."""

    def __init__(self, *, words: list[str], tally: Tally) -> None:
        command = [sys.executable, "-P", "-m", "bench.parts.crash_writer", *words]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self.tally, self.asked, self.heard = tally, list[Asked](), False
        self.thread = Thread(target=self.hear, args=[self.process.stdout])
        self.thread.start()

    def hear(self, told: IO[bytes]) -> None:
        """Keep what was asked until it is posted."""
        for line in told:
            with suppress(ValueError):  # the kill cut it
                what, said = json.loads(line)
                if what == "asked":
                    self.asked = [tuple(each) for each in said]
                    continue
                for (key, _home, fen), number in zip(self.asked, said, strict=True):
                    self.tally.acknowledged[key] = (number, fen)
                self.asked, self.heard = [], True

    def end(self) -> None:
        """Take what was in doubt, once the process is gone."""
        self.process.wait()
        self.thread.join()
        self.tally.doubtful += self.asked


class Trial:
    """An installation that is killed again and again."""

    def __init__(self, *, installation: Installation, careless: bool) -> None:
        self.installation, self.server = installation, installation.server
        self.tally, self.dice = Tally(), random.Random(5)  # noqa: S311
        self.log = self.server.state / "log"
        from bench.parts.ledger import accounts

        with self.owner() as owner:
            self.credit, homes = accounts(owner=owner)
            if careless:
                owner.execute(f"ALTER DATABASE {logins.DATABASE} SET synchronous_commit = off")
        from django.db import connection

        connection.close()
        self.homes = ",".join(map(str, homes[:50]))

    def owner(self) -> psycopg.Connection:
        """Connect as the owner."""
        return logins.connect(server=self.server, login=logins.OWNER, database=logins.DATABASE)

    def round(self, number: int) -> None:
        """Start everything, kill everything, look."""
        words = [str(self.credit), self.homes]
        writers = [
            Writer(words=[*words, str(number * WRITERS + n)], tally=self.tally)
            for n in range(WRITERS)
        ]
        signer = subprocess.Popen(
            [sys.executable, "-P", "-m", "django", "sign_log"], stderr=subprocess.DEVNULL,
            env=self.installation.environment | {"DJANGO_SETTINGS_MODULE": "config.signer"},
        )  # fmt: skip
        known = max(self.tally.published, default=0)
        try:
            for _ in range(300):  # until all are at work
                self.watch(seconds=0.1)
                signed = max(self.tally.published, default=0) > known
                if signed and all(writer.heard for writer in writers):
                    break
            self.watch(seconds=self.dice.uniform(0.1, 1.5))
        finally:
            self.kill(signer, *(writer.process for writer in writers))
        for writer in writers:
            writer.end()
        signer.wait()
        self.server.start()
        self.look()

    def watch(self, *, seconds: float) -> None:
        """Keep every checkpoint that anybody could have read."""
        from bandeng.trail.rules import notes

        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(FileNotFoundError):
                text, _signatures = notes.parts(note=(self.log / "checkpoint").read_text())
                said = notes.checkpoint(text=text)
                self.tally.published.setdefault(said.size, said.root)
            time.sleep(0.02)

    def kill(self, *others: subprocess.Popen[bytes]) -> None:
        """Kill the server's processes, the signer and the writers, in any order."""
        data = os.path.realpath(self.server.data)
        found = [p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == data]
        pids = [each.pid for each in found] + [each.pid for each in others]
        self.dice.shuffle(pids)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def look(self) -> None:
        """Compare what is there with what was promised; send again what was in doubt."""
        tally = self.tally
        with self.owner() as owner:
            self.resend(owner)
            rows = owner.execute("SELECT key, number, amount FROM funds_transfer").fetchall()
            there = {key: (number, fen) for key, number, fen in rows}
            gone = [key for key, said in tally.acknowledged.items() if there.get(key) != said]
            tally.lost += len(gone)
            for key in gone:
                del tally.acknowledged[key]
            tally.double += len(rows) - len(set(tally.acknowledged) & set(there))
            if sorted(number for _key, number, _fen in rows) != list(range(len(rows))):
                tally.amiss.append("numbers with a gap")
            found = owner.execute("SELECT what, number FROM funds_recheck()").fetchall()
            tally.amiss += [f"{what} {number}" for what, number in found]

    def resend(self, owner: psycopg.Connection) -> None:
        """Ask again, with the same key, for what nobody knows whether it was done."""
        tally, doubtful = self.tally, self.tally.doubtful
        tally.doubtful = []
        tally.resent += len(doubtful)
        for key, home, fen in doubtful:
            ((number, again),) = post(
                connection=owner, credit=self.credit, asked=[(key, home, fen)]
            )
            tally.had_been_posted += again
            tally.acknowledged[key] = (number, fen)

    def broken(self) -> int:
        """Sign once more, then count the published checkpoints that are no longer the tree's."""
        from bandeng.trail.rules import merkle

        self.installation.ask("sign_log", "--once", settings="config.signer")
        self.watch(seconds=0.1)
        with self.owner() as owner:
            rows = owner.execute(
                'SELECT l.index, l.hash, t.leaf, e.public FROM trail_leaf l '
                'LEFT JOIN funds_transfer t ON l.source = \'transfer\' AND t.number = l."row" '
                'LEFT JOIN trail_entry e ON l.source = \'entry\' AND e.id = l."row" ORDER BY 1'
            ).fetchall()  # fmt: skip
        subtrees: list[tuple[int, bytes]] = []
        roots = {}
        for index, hashed, transfer, entry in rows:
            leaf = bytes(transfer if transfer is not None else entry or b"")
            if merkle.leaf_hash(leaf=leaf) != bytes(hashed):
                self.tally.amiss.append(f"leaf {index}")
            add(subtrees, bytes(hashed))
            if index + 1 in self.tally.published:
                roots[index + 1] = merkle.folded(subtrees=[each for _size, each in subtrees])
        return sum(roots.get(n) != root for n, root in self.tally.published.items())


def add(subtrees: list[tuple[int, bytes]], hashed: bytes) -> None:
    """Append a leaf to the row of complete subtrees, largest first."""
    from bandeng.trail.rules import merkle

    size = 1
    while subtrees and subtrees[-1][0] == size:
        _size, left = subtrees.pop()
        size, hashed = 2 * size, merkle.node_hash(left=left, right=hashed)
    subtrees.append((size, hashed))


def play(*, rounds: int, careless: bool) -> dict[str, Any]:
    """Give what was counted."""
    begun = time.monotonic()
    with frame.own_installation() as installation:
        trial = Trial(installation=installation, careless=careless)
        for number in range(rounds):
            trial.round(number)
            said = f"round {number + 1}: {len(trial.tally.acknowledged)} transfers"
            print(said, file=sys.stderr, flush=True)  # noqa: T201
        broken, tally = trial.broken(), trial.tally
    return {
        "rounds": rounds, "careless": careless, "transfers": len(tally.acknowledged),
        "lost": tally.lost, "double": tally.double, "in_doubt": tally.resent,
        "in_doubt_but_posted": tally.had_been_posted, "checkpoints": len(tally.published),
        "checkpoints_broken": broken, "amiss": tally.amiss[:10],
        "seconds": round(time.monotonic() - begun),
    }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.parts.crash")
    parser.add_argument("rounds", type=int)
    parser.add_argument("--careless", action="store_true")
    asked = parser.parse_args()
    told = play(rounds=asked.rounds, careless=asked.careless)
    print(json.dumps(told))  # noqa: T201
    sys.exit(bool(told["lost"] or told["double"] or told["checkpoints_broken"] or told["amiss"]))
