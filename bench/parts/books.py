"""A supervised account's books as a log of leaves: for the verifier's tests and its benchmark.

It stands for the ledger's own transfers, spelt as the database spells them.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from bandeng.trail import files
from bandeng.trail.keys import signed
from bandeng.trail.rules import canonical, merkle, spell
from bandeng.trail.rules.notes import LOG, Checkpoint, PrivateKey
from bandeng.trail.rules.tiles import Edge

ACCOUNT = "abcdef012345"
KEY = PrivateKey("log.example/log", LOG, bytes(range(32)))
SPACE = UUID(int=5)


def write_log(*, folder: Path, leaves: Iterable[bytes], key: PrivateKey = KEY) -> Checkpoint:
    """Write the files of a log of these leaves, signed."""
    edge = Edge()

    def grown() -> Iterator[tuple[str, bytes]]:
        for leaf in leaves:
            yield from edge.add(leaf=leaf, hashed=merkle.leaf_hash(leaf=leaf))

    files.write(folder=folder, files=grown())
    files.write(folder=folder, files=edge.unfinished())
    said = Checkpoint(key.name, edge.size, edge.root())
    note = signed(checkpoint=said, keys=[key]).encode()
    files.write(folder=folder, files=[("keys", f"{key.public}\n".encode()), ("checkpoint", note)])
    return said


def home(*, number: int) -> tuple[str, bytes, str]:
    """Give a home's account, and the salt and private part that its code commits to."""
    salt, private = sha256(b"salt %d" % number).digest(), f'{{"home":"1-1-{number}"}}'
    return f"{ACCOUNT}/1122/{sha256(salt + private.encode()).hexdigest()}", salt, private


class Approver:
    """A supervisor with a passkey of the most usual kind (ES256)."""

    def __init__(self, role: str) -> None:
        self.role, self.token = role, uuid4()
        self.key = ec.generate_private_key(ec.SECP256R1())

    @property
    def cose(self) -> bytes:
        """Spell the public key as an authenticator does."""
        point = self.key.public_key().public_numbers()
        start = bytes.fromhex("a5010203262001215820")
        return start + point.x.to_bytes(32) + bytes.fromhex("225820") + point.y.to_bytes(32)

    def facts(self, *, order: UUID, digest: str, flags: int = 5) -> dict[str, Any]:
        """Approve an order: the facts of the entry that tells it."""
        challenge = urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")
        said = {"type": "webauthn.get", "challenge": challenge, "origin": "https://log.example"}
        client = json.dumps(said).encode()
        data = sha256(b"log.example").digest() + bytes([flags]) + bytes(4)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return {
            "order": order, "digest": digest, "role": self.role, "strength": "passkey",
            "key": self.cose, "authenticator_data": data, "client_data": client,
            "signature": signature,
        }  # fmt: skip


class Books:
    """Leaves in their order; every method adds one."""

    def __init__(self) -> None:
        self.leaves: list[bytes] = []
        self.count = self.seconds = 0

    def transfer(self, debit: str, credit: str, amount: int, **given: Any) -> int:
        """Add a transfer of one second later. Returns: its number."""
        self.seconds += 1
        days, seconds = divmod(self.seconds, 86_400)
        clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.000000Z"
        at = f"20{24 + days // 28 // 12:02d}-{days // 28 % 12 + 1:02d}-{days % 28 + 1:02d}T{clock}"
        told = {
            "amount": amount, "at": at, "credit": self.code(credit), "debit": self.code(debit),
            "hold": None, "line": None, "number": self.count, "order": None, "phase": "post",
            "recorded_at": at, "reverses": None, "v": 1,
        }  # fmt: skip
        told |= {n: str(v) if isinstance(v, UUID) else v for n, v in given.items()}
        self.leaves.append(json.dumps(told, sort_keys=True, separators=(",", ":")).encode())
        self.count += 1
        return self.count - 1

    def code(self, code: str) -> str:
        """Spell an account's code with the supervised account before it."""
        return code if code.startswith(ACCOUNT) else f"{ACCOUNT}/{code}"

    def entry(self, verb: str, by: UUID, **facts: Any) -> str:
        """Add an entry of the trail. Returns: the SHA-256 of its facts."""
        spelt = spell(verb=verb, public={"account": ACCOUNT} | facts, names={})
        told = {"verb": verb, "actor": str(by), "subject": str(by), "facts": spelt}
        told |= {"at": "2024-09-01T00:00:00.000000+00:00", "commitment": "0" * 64}
        self.leaves.append(canonical(value=told))
        return sha256(canonical(value=spelt)).hexdigest()

    def pay(self, *, home: str, amount: int) -> int:
        """Bill a home, take its money in at the bank, and match the two."""
        line = uuid5(SPACE, str(self.count))
        self.transfer(home, "3000", amount)
        number = self.transfer("1002", "2900", amount, line=line)
        self.transfer("2900", home, amount)
        self.transfer("3000", "3100", amount)
        return number

    def order(self, debit: str, credit: str, amount: int, *, rules: "Rules", by: UUID) -> UUID:
        """Make an order and have every supervisor approve it. Returns: its token."""
        order, end = uuid4(), "2099-01-01T00:00:00.000000Z"
        facts = {
            "amount": amount, "credit": self.code(credit), "debit": self.code(debit),
            "expires_at": end, "kind": "payment", "maker": by, "order": order,
            "policy": rules.policy, "terms": "0" * 64, "v": 1,
        }  # fmt: skip
        digest = self.entry("order.made", by, **facts)
        for one in rules.approvers:
            self.entry("order.approved", one.token, **one.facts(order=order, digest=digest))
        return order

    def spend(self, *, fund: str, amount: int, rules: "Rules", by: UUID) -> None:
        """Order, approve, hold and settle."""
        order = self.order(fund, "1002", amount, rules=rules, by=by)
        hold = self.transfer(fund, "1002", amount, phase="hold", order=order)
        self.transfer(fund, "1002", amount, phase="settle", order=order, hold=hold, line=uuid4())


class Rules:
    """A policy as the ledger tells it, and those who approve by it."""

    def __init__(
        self, approvers: list[Approver], *, version: int = 1, up_to: int = 1_000_000
    ) -> None:
        self.policy, self.approvers, self.version, self.up_to = uuid4(), approvers, version, up_to

    @property
    def facts(self) -> dict[str, Any]:
        """Spell it."""
        needs = {one.role: 1 for one in self.approvers}
        return {
            "bands": [{"needs": needs, "up_to": self.up_to}], "fee_limit": 1000,
            "policy": self.policy, "v": 1, "version": self.version,
            "supervisors": {one.role: [one.token] for one in self.approvers},
        }  # fmt: skip


def sample(*, homes: int = 3) -> Books:
    """Give small books with everything in them."""
    books, by = Books(), uuid4()
    rules = Rules([Approver(role) for role in ("committee", "subdistrict")])
    books.entry("policy.set", by, **rules.facts)
    for one in rules.approvers:
        books.entry("key.enrolled", one.token, key=sha256(one.cose).hexdigest())
    for n in range(homes):
        books.pay(home=home(number=n)[0], amount=30_000 + n)
    earmark = books.order("3100", "3101/fire_safety", 50_000, rules=rules, by=by)
    books.transfer("3100", "3101/fire_safety", 50_000, order=earmark)
    books.spend(fund="3101/fire_safety", amount=20_000, rules=rules, by=by)
    books.transfer("3100", "1002", 50, line=uuid4())  # the bank's fee
    bounced = books.transfer("1002", "2900", 700, line=uuid4())
    books.transfer("2900", "1002", 700, line=uuid4(), reverses=bounced)
    late = books.order("3101/fire_safety", "1002", 10, rules=rules, by=by)
    void = books.transfer("3101/fire_safety", "1002", 10, phase="hold", order=late)
    books.transfer("3101/fire_safety", "1002", 10, phase="void", hold=void, order=late)
    closing = sum(30_000 + n for n in range(homes)) - 20_000 - 50
    books.entry(
        "statement.read", by, opening=0, closing=closing, file="0" * 64, lines=9,
        since="2024-09-01", until="2024-09-30",
    )  # fmt: skip
    return books


def transfers(*, count: int) -> Iterator[bytes]:
    """Give at least `count` transfers of 800 homes that pay again and again, one leaf each."""
    books = Books()
    homes = [home(number=n)[0] for n in range(800)]
    while books.count < count:
        books.pay(home=homes[books.count // 4 % 800], amount=books.count % 9973 + 1)
        yield from books.leaves
        books.leaves.clear()
