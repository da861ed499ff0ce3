"""`bandeng-verify`: one plain sentence for each check; the exit code is 0 only when all hold."""

import json
import os
import signal
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from bandeng_verify.ledger import TRANSFER, Ledger
from bandeng_verify.log import WIDTH, Checkpoint, Place, b64, included, leaves_in, name_of, read_note, root_of

WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_name("words.json").read_text())


class Report:
    """Tells what was checked, to a person or as JSON."""

    def __init__(self, as_json: bool) -> None:
        self.language = not next(filter(None, map(os.getenv, ("LC_ALL", "LC_MESSAGES", "LANG"))), "").startswith("en")
        self.as_json, self.checks = as_json, list[dict[str, Any]]()

    def tell(self, ok: bool, key: str, **facts: Any) -> None:
        said = WORDS[key][self.language].format(**facts)
        self.checks.append({"ok": ok, "check": key, "sentence": said, **facts})
        if not self.as_json:
            print("✓" if ok else "✗", said, flush=True)  # noqa: T201

    def count(self, key: str) -> int:
        return sum(check["check"] == key for check in self.checks)

    def end(self) -> int:
        ok = all(check["ok"] for check in self.checks)
        if self.as_json:
            print(json.dumps({"ok": ok, "checks": self.checks}, ensure_ascii=False, default=str))  # noqa: T201
        return 0 if ok else 1


def listed(texts: list[str]) -> list[str]:
    """Take keys as they are given: spelt, or a file that holds them, one a line."""
    return [key for t in texts for key in (Path(t).read_text().split() if Path(t).is_file() else [t])]


def judge(asked: Namespace, note: str, report: Report) -> Checkpoint:
    """Check who has signed a checkpoint."""
    keys, witnesses = listed(asked.key), listed(asked.witness)
    said = read_note(note, keys + witnesses)
    ours = any(one.partition("+")[0] == said.origin for one in said.signers & set(keys))
    report.tell(ours, "signed" if ours else "unknown_key", origin=said.origin, size=said.size)
    seen, quorum = len(said.signers & set(witnesses)), len(witnesses) if asked.quorum is None else asked.quorum
    report.tell(seen >= quorum, "witnessed", seen=seen, quorum=quorum)
    return said


def taken_apart(text: str) -> tuple[dict[str, Any], int, list[bytes], str]:
    """Read a receipt (C2SP tlog-proof): what it tells beside the proof, index, path, note."""
    head, _, note = text.partition("\n\n")
    version, extra, index, *path = head.split("\n")
    if version != "c2sp.org/tlog-proof@v1" or extra[:6] + index[:6] != "extra index ":
        raise ValueError("no_receipt", version)
    return json.loads(b64(extra[6:])), int(index[6:]), [b64(line) for line in path], note


def opened(told: dict[str, Any], place: str, report: Report) -> None:
    """Check that a private part is the one that was committed to."""
    commitment = sha256(bytes.fromhex(told["salt"]) + told["private"].encode()).hexdigest()
    report.tell(commitment in place, "opened", private=told["private"])


def receipt(asked: Namespace, report: Report) -> None:
    """Check one receipt, without any connection."""
    told, index, path, note = taken_apart(Path(asked.file).read_text())
    leaf, said = told["leaf"].encode(), judge(asked, note, report)
    report.tell(included(leaf, index, said.size, path, said.root), "included", index=index)
    if "salt" in told:
        opened(told, told["leaf"], report)
    report.tell(True, "entry", leaf=told["leaf"])
    if found := TRANSFER.fullmatch(leaf):
        number, on, fen = found[7].decode(), found[2][:10].decode(), int(found[1])
        report.tell(True, "payment", number=number, on=on, yuan=f"{fen // 100:,}.{fen % 100:02d}")


def earlier(asked: Namespace) -> dict[int, bytes]:
    """Read the checkpoints that were saved before, or the receipts that hold one."""
    notes = [taken_apart(t)[3] if t.startswith("c2sp") else t for t in (Path(f).read_text() for f in asked.saved)]
    return {said.size: said.root for said in (read_note(note, listed(asked.key)) for note in notes)}


def walk(asked: Namespace, report: Report) -> Iterator[tuple[int, bytes]]:
    """Give every leaf with its index; rebuild the tree from them, compare it with all tiles."""
    place, saved = Place(asked.where), earlier(asked)
    said = judge(asked, place.get("witnessed" if asked.witness and place.remote else "checkpoint").decode(), report)
    full, rest = list[bytes](), list[bytes]()  # roots of full bundles; hashes after them
    for start in range(0, said.size, WIDTH):
        number, width = start // WIDTH, min(WIDTH, said.size - start)
        leaves = leaves_in(place.tile("entries", number, width))[:width]
        rest = [sha256(b"\0" + leaf).digest() for leaf in leaves]
        tile = place.tile(0, number, width)[: width * 32]
        for n in (n for n in range(width) if rest[n : n + 1] != [tile[n * 32 : n * 32 + 32]]):
            report.tell(False, "leaf_differs", index=start + n, leaf=leaves[n : n + 1])
        for size in [size for size in saved if start < size <= start + width]:
            same = root_of([*full, root_of(rest[: size - start])]) == saved.pop(size)
            report.tell(same, "saved", size=size)
        yield from enumerate(leaves, start)
        full += [root_of(rest)] if width == WIDTH else []
    same = root_of([*full, root_of(rest)] if said.size % WIDTH else full) == said.root
    report.tell(same and not report.count("leaf_differs"), "tree", size=said.size)
    for size in saved:
        report.tell(False, "saved", size=size)
    tell_tiles(place, full, report)


def tell_tiles(place: Place, row: list[bytes], report: Report) -> None:
    """Compare the tiles of the higher levels."""
    level, wrong = 1, list[str]()
    while row:
        groups = [row[n : n + WIDTH] for n in range(0, len(row), WIDTH)]
        tiles = [(name_of(level, n, len(g)), place.tile(level, n, len(g)), b"".join(g)) for n, g in enumerate(groups)]
        wrong += [name for name, tile, ours in tiles if not tile.startswith(ours)]
        level, row = level + 1, [root_of(group) for group in groups if len(group) == WIDTH]
    report.tell(not wrong, "bad_tiles" if wrong else "tiles", names=", ".join(wrong))


def household(asked: Namespace, report: Report) -> None:
    """Check that a household's list is all that the log has about it, and nothing else."""
    mine = json.loads(Path(asked.file).read_text())
    opened(mine, mine["home"], report)
    ends = [f'"{side}":"{mine["home"]}"'.encode() for side in ("credit", "debit")]
    found = Counter(leaf.decode() for _, leaf in walk(asked, report) if any(end in leaf for end in ends))
    told = Counter(mine["leaves"])
    for leaf in [*(found - told), *(told - found)]:
        report.tell(False, "missing" if found[leaf] > told[leaf] else "surplus", leaf=leaf)
    report.tell(found == told, "household", count=len(mine["leaves"]))


def audit(asked: Namespace, report: Report) -> None:
    """Rebuild the tree, play all transfers again, compare with the database's rows of today."""
    ledger, rows, log = Ledger(), list[bytes](), Place(asked.where)
    now = Place(asked.now or f"{log.where}/now") if asked.now or log.remote else None
    for index, leaf in walk(asked, report):
        if now and index % WIDTH == 0:
            rows = leaves_in(now.get(name_of("", index // WIDTH).removeprefix("tile//")))
        if now and (row := rows[index % WIDTH :][:1]) != [leaf]:
            report.tell(False, "rewritten", index=index, leaf=str(leaf)[2:-1], row=str(row)[3:-2])
        ledger.add(index, leaf)
    ledger.close()
    if now:
        report.tell(not report.count("rewritten"), "rows", count=report.count("rewritten"))
    for key, facts in ledger.wrong[:20]:  # a few are enough
        report.tell(False, key, **facts)
    counts = {name: len(getattr(ledger, name)) for name in ("moves", "ids", "orders", "wrong")}
    report.tell(not ledger.wrong, "replayed", **counts, **ledger.seen)


def main(words: list[str] | None = None) -> int:
    """Run one command."""
    if words is None and hasattr(signal, "SIGPIPE"):  # `… | head` has seen enough
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    commands = (parser := ArgumentParser(prog="bandeng-verify", description=__doc__)).add_subparsers(required=True)
    for command, names in ((receipt, ["file"]), (household, ["file", "where"]), (audit, ["where"])):
        one = commands.add_parser(command.__name__, help=command.__doc__)
        one.set_defaults(command=command)
        for name in names:
            one.add_argument(name)
        for name in ("--key", "--witness", "--saved"):
            one.add_argument(name, action="append", default=[], help=WORDS[name][0])
        one.add_argument("--quorum", type=int, help="how many witnesses must have signed; default: all")
        one.add_argument("--json", action="store_true")
    one.add_argument("--now", help="where the database's rows of today are served; default: URL/now")
    report = Report((asked := parser.parse_args(words)).json)
    try:
        asked.command(asked, report)
    except (ValueError, OSError, LookupError, TypeError, AttributeError) as error:
        known = bool(error.args) and error.args[0] in WORDS
        report.tell(False, error.args[0] if known else "unreadable", why=error.args[1] if known else error)
    return report.end()
