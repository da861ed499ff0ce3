"""All that happened to the money, played again from the log's leaves alone."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter, defaultdict, namedtuple
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

MOMENT, TOKEN = rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", rb'null|"[0-9a-f-]{36}"'
BANK, CLEARING, HOME, BILLED = b"1002", b"1012", b"1122", b"3000"
# Chart of accounts: +1 grows by debits, -1 by credits; whether it may go below zero.
CHART = {BANK: (1, False), CLEARING: (1, False), HOME: (1, True), b"1900": (1, True), BILLED: (-1, True)}
CHART |= dict.fromkeys((b"2900", b"3100", b"3101", b"3102"), (-1, False))
# What needs no order: a bill; money in, and its match; a payment service's sums, and their parts;
# what the bank or the service took by itself. And small fees.
FREE = b"1122>3000 1002>2900 2900>1122 3000>3100 3000>3101 2900>1012 1012>2900 1900>1002 1900>1012".split()
FEES = b"3100>1002 3101>1002 3100>1012 3101>1012 1012>3100 1012>3101".split()
ACCOUNT = rb"[0-9a-f]{12}/(?:%b)(?:/[0-9a-z_]{1,64})?" % b"|".join(CHART)
COUNT, PHASE = rb"0|[1-9]\d*", b"post|hold|settle|void"
TRANSFER = re.compile(
    rb'\{"amount":([1-9]\d*),"at":"(%b)","credit":"(%b)","debit":"(%b)","hold":(null|%b),"line":(%b),'
    rb'"number":(%b),"order":(%b),"phase":"(%b)","recorded_at":"(%b)","reverses":(null|%b),"v":1\}'
    % (MOMENT, ACCOUNT, ACCOUNT, COUNT, TOKEN, COUNT, TOKEN, PHASE, MOMENT, COUNT)
)
Transfer = namedtuple("Transfer", "amount at credit debit hold line number order phase moment reverses")
NONE, POST, HOLD, SETTLE, VOID, DONE = b"null", 0, 1, 2, 3, 4  # DONE: a hold, settled or voided
PHASES = {name: n for n, name in enumerate(PHASE.split(b"|"))}
VERBS = ["policy.set", "key.enrolled", "order.made", "order.approved", "order.stopped", "statement.read"]
VERBS += ["account.frozen", "account.unfrozen"]
# How COSE keys begin as CTAP2 writes them, canonically (RFC 9053): EC2 P-256, OKP Ed25519.
ES256, EDDSA = bytes.fromhex("a5010203262001215820"), bytes.fromhex("a4010103272006215820")


def unspell(text: str) -> bytes:
    """Read "b64:…", as public facts spell bytes."""
    return urlsafe_b64decode(text.removeprefix("b64:") + "==")


def digest_of(facts: dict[str, Any]) -> str:
    """Hash facts in their one spelling (RFC 8785: they have no floats and only plain keys)."""
    return sha256(json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def verify(key: bytes, signature: bytes, said: bytes) -> None:
    if key.startswith(EDDSA):
        return ed25519.Ed25519PublicKey.from_public_bytes(key[10:42]).verify(signature, said)
    if not key.startswith(ES256):
        raise InvalidSignature
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\4" + key[10:42] + key[45:77])
    return public.verify(signature, said, ec.ECDSA(hashes.SHA256()))


def is_approved(facts: dict[str, Any]) -> bool:
    """Tell whether the approver's key has signed the order's digest (WebAuthn, user present)."""
    client, data = unspell(facts["client_data"]), unspell(facts["authenticator_data"])
    said, challenge = json.loads(client), urlsafe_b64encode(bytes.fromhex(facts["digest"])).decode()
    asked = said["type"] == "webauthn.get" and said["challenge"].rstrip("=") == challenge.rstrip("=")
    try:
        verify(unspell(facts["key"]), unspell(facts["signature"]), data + sha256(client).digest())
    except (InvalidSignature, ValueError):
        return False
    return asked and len(data) >= 37 and bool(data[32] & 1)


class Ledger:
    """Balances, holds, orders and approvals; `wrong` lists what must not be, each by its entry."""

    def __init__(self) -> None:
        self.wrong, self.seen = list[tuple[str, dict[str, Any]]](), Counter(signed=0, paper=0)
        self.ids, self.books = dict[bytes, int](), list[list[int]]()  # debits less credits, held, side, may
        self.moves, self.phases = list[tuple[int, int, int]](), bytearray()  # amount, debit, credit
        self.lines, self.reversed, self.touched = set[bytes](), set[int](), set[int]()
        self.moment, self.index, self.number, self.ordered = b"", 0, 0, set[int]()
        self.policies, self.orders, self.stops = (dict[str, dict[str, Any]]() for _ in range(3))
        self.keys, self.statements = set[tuple[str, str]](), dict[str, list[int]]()

    def add(self, index: int, leaf: bytes) -> None:
        """Take in the next leaf; what is not about money changes nothing."""
        self.index = index
        if leaf.startswith(b'{"amount"'):
            self._transfer(Transfer(*f.groups())) if (f := TRANSFER.fullmatch(leaf)) else self._is_wrong("bad_transfer")
        elif (verb := leaf[leaf.rfind(b':"') + 2 : -2].decode(errors="replace")) in VERBS:
            try:
                entry = json.loads(leaf)
                getattr(self, "_" + verb.replace(".", "_"))(entry["facts"], entry["actor"])
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                self._is_wrong("bad_entry", verb=verb, why=repr(error))

    def _is_wrong(self, key: str, **facts: Any) -> None:
        self.wrong.append((key, {"index": self.index, "number": self.number, **facts}))

    def _account(self, code: bytes) -> int:
        found = self.ids.setdefault(code, len(self.ids))
        if found == len(self.books):
            self.books.append([0, 0, *CHART[code[13:17]]])
        return found

    def _transfer(self, t: Transfer) -> None:
        if t.moment != self.moment:
            self._floors(t.moment)
        self.number = int(t.number)
        if self.number != len(self.moves) or t.debit[:12] != t.credit[:12] or t.at > t.moment:
            self._is_wrong("bad_sequence", expected=len(self.moves))
        amount, phase, d, c = int(t.amount), PHASES[t.phase], self._account(t.debit), self._account(t.credit)
        self.touched |= {d, c}
        ends = t.hold != NONE
        if (phase in (SETTLE, VOID)) != ends or (ends and not self._is(int(t.hold), (amount, d, c), [HOLD])):
            self._is_wrong("hold_mismatch")
        elif ends:
            self.phases[int(t.hold)] = DONE
        else:
            self._may(t, phase, amount, (amount, c, d))
        if BANK in (t.debit[13:17], t.credit[13:17]) and phase in (POST, SETTLE):
            if t.line == NONE or t.line in self.lines:
                self._is_wrong("no_statement_line")
            self.lines.add(t.line)
        self._move(phase, amount, d, c)

    def _may(self, t: Transfer, phase: int, amount: int, back: tuple[int, int, int]) -> None:
        """Ask what lets this money move: an order, what it reverses, or a way that needs none."""
        way = t.debit[13:17] + b">" + t.credit[13:17]
        if t.order != NONE:
            self.ordered.add(self.number)
            self._fits(t.order.strip(b'"').decode(), t, amount, is_held=phase == HOLD)
        elif t.reverses != NONE:
            first = int(t.reverses)
            if not self._is(first, back, [POST, SETTLE]) or first in self.reversed or first in self.ordered:
                self._is_wrong("bad_reversal")
            self.reversed.add(first)
        elif phase == HOLD or way not in FREE + FEES:
            self._is_wrong("no_live_order", order="-")
        elif way in FEES and amount > self.policies.get(t.debit[:12].decode(), {"fee_limit": 0})["fee_limit"]:
            self._is_wrong("above_fee_limit", amount=amount)

    def _move(self, phase: int, amount: int, d: int, c: int) -> None:
        self.moves.append((amount, d, c))
        self.phases.append(phase)
        for book, sign in ((self.books[d], 1), (self.books[c], -1)):
            if phase in (POST, SETTLE):
                book[0] += sign * amount
            if phase != POST and book[2] != sign:
                book[1] += amount if phase == HOLD else -amount

    def _floors(self, moment: bytes) -> None:
        """Judge what moved at one moment together, as the database judges a batch."""
        for one in self.touched:
            net, held, side, may = self.books[one]
            if not may and side * net < held:
                self._is_wrong("overdrawn", account=list(self.ids)[one].decode())
        self.moment, self.touched = moment, set()

    def _is(self, number: int, what: tuple[int, int, int], phases: list[int]) -> bool:
        return number < len(self.moves) and self.phases[number] in phases and self.moves[number] == what

    def _fits(self, name: str, t: Transfer, amount: int, *, is_held: bool) -> None:
        order = self.orders.get(name, {"used": True})
        if any(since <= self.number < to for since, to in self.stops.get(t.debit[:12].decode(), {}).values()):
            self._is_wrong("frozen", order=name)
        if order["used"] or t.at.decode() >= order["expires_at"]:
            self._is_wrong("no_live_order", order=name)
        elif [order["debit"], order["credit"], order["amount"]] != [t.debit.decode(), t.credit.decode(), amount]:
            self._is_wrong("order_differs", order=name)
        elif is_held != (t.credit[13:17] == BANK) or not self._has_quorum(order):
            self._is_wrong("no_quorum", order=name)
        order["used"] = True

    def _has_quorum(self, order: dict[str, Any]) -> bool:
        """Count by the lowest band that holds the sum; new rules need what the dearest order would."""
        bands, roles = sorted(order["rules"]["bands"], key=lambda b: b["up_to"]), Counter(order["given"].values())
        fitting = [band["needs"] for band in bands if band["up_to"] >= (order["amount"] or 0)]
        needs = fitting[-1 if order["kind"] == "policy" else 0] if fitting else {}
        return bool(needs) and all(roles[role] >= n for role, n in needs.items())

    def _policy_set(self, facts: dict[str, Any], actor: str) -> None:
        before, digest = self.policies.get(facts["account"]), digest_of(facts)
        by = [o for o in self.orders.values() if o["kind"] == "policy" and o["terms"] == digest]
        fits = before and any(o["rules"] == before and not o["used"] and self._has_quorum(o) for o in by)
        if facts["version"] != (before["version"] if before else 0) + 1 or (before and not fits):
            self._is_wrong("policy_differs", policy=facts["policy"])
        self.policies[facts["account"]] = facts

    def _key_enrolled(self, facts: dict[str, Any], actor: str) -> None:
        self.keys.add((actor, facts["key"]))

    def _order_made(self, facts: dict[str, Any], actor: str) -> None:
        rules, name = self.policies[facts["account"]], facts["order"]
        if facts["policy"] != rules["policy"] or facts["maker"] != actor or name in self.orders:
            self._is_wrong("order_outside", order=name)
        self.orders[name] = facts | {"rules": rules, "given": {}, "used": False, "digest": digest_of(facts)}

    def _order_approved(self, facts: dict[str, Any], actor: str) -> None:
        order, role, is_key = self.orders[facts["order"]], facts["role"], facts["strength"] != "paper"
        known = not is_key or (actor, sha256(unspell(facts["key"])).hexdigest()) in self.keys
        if facts["digest"] != order["digest"] or actor in order["given"] or actor == order["maker"]:
            self._is_wrong("approval_differs", order=facts["order"])
        elif not known or actor not in order["rules"]["supervisors"].get(role, ()):
            self._is_wrong("approval_outside", order=facts["order"], role=role)
        elif not (is_approved(facts) if is_key else facts["checked_by"] not in (facts["entered_by"], actor)):
            self._is_wrong("approval_unsigned", order=facts["order"])
        else:
            order["given"][actor] = role
            self.seen["signed" if is_key else "paper"] += 1

    def _order_stopped(self, facts: dict[str, Any], actor: str) -> None:
        self.orders[facts["order"]]["used"] = True

    def _account_frozen(self, facts: dict[str, Any], actor: str) -> None:
        self.stops.setdefault(facts["account"], {})[facts["sha256"]] = [facts["transfers"], 2**63]

    def _account_unfrozen(self, facts: dict[str, Any], actor: str) -> None:
        self.stops[facts["account"]][facts["ends"]][1] = facts["transfers"]

    def _statement_read(self, facts: dict[str, Any], actor: str) -> None:
        if self.statements.get(facts["account"], [facts["opening"]])[0] != facts["opening"]:
            self._is_wrong("statement_gap", account=facts["account"])
        self.statements[facts["account"]] = [facts["closing"], self.index]

    def close(self) -> None:
        """Judge the end: all holds of money fit, the bank's money is the funds', and the bank's word."""
        self._floors(b"")
        sums = defaultdict[str, Counter[bytes]](Counter)
        for code, one in self.ids.items():
            sums[code[:12].decode()][code[13:17]] += self.books[one][0]
        for account, of in sums.items():
            if of[HOME] + of[BILLED] or of[CLEARING] or sum(of.values()):
                self._is_wrong("books_open", account=account)
            said, self.index = self.statements.get(account, [of[BANK], self.index])
            if said != of[BANK]:
                self._is_wrong("statement_differs", account=account, said=said, booked=of[BANK])
