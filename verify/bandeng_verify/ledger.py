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
BANK, RECEIVABLE, BILLED = b"1002", b"1122", b"3000"
# Chart of accounts: +1 grows by debits, -1 by credits; whether it may go below zero.
CHART = {BANK: (1, False), RECEIVABLE: (1, True), BILLED: (-1, True)}
CHART |= dict.fromkeys((b"2900", b"3100", b"3101", b"3102", b"2201"), (-1, False))
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
VERBS = ("policy.set", "order.made", "order.approved", "order.stopped", "statement.read")
# How COSE keys begin as CTAP2 writes them, canonically (RFC 9053): EC2 P-256, OKP Ed25519.
ES256, EDDSA = bytes.fromhex("a5010203262001215820"), bytes.fromhex("a4010103272006215820")


def unspell(text: str) -> bytes:
    """Read "b64:…", as public facts spell bytes."""
    spelt = text.removeprefix("b64:")
    return urlsafe_b64decode(spelt + "=" * (-len(spelt) % 4))


def verify(key: bytes, signature: bytes, said: bytes) -> None:
    if key.startswith(ES256):
        point = b"\4" + key[10:42] + key[45:77]
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        public.verify(signature, said, ec.ECDSA(hashes.SHA256()))
    elif key.startswith(EDDSA):
        ed25519.Ed25519PublicKey.from_public_bytes(key[10:42]).verify(signature, said)
    else:
        raise InvalidSignature


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
        self.moment, self.index, self.number = b"", 0, 0
        self.policies, self.orders = dict[str, dict[str, Any]](), dict[str, dict[str, Any]]()
        self.versions, self.fees, self.statements = Counter[str](), Counter[str](), dict[str, list[int]]()

    def add(self, index: int, leaf: bytes) -> None:
        """Take in the next leaf; what is not about money changes nothing."""
        self.index = index
        if leaf.startswith(b'{"amount"'):
            found = TRANSFER.fullmatch(leaf)
            self._transfer(Transfer(*found.groups())) if found else self._is_wrong("bad_transfer")
        elif (verb := leaf[leaf.rfind(b':"') + 2 : -2].decode(errors="replace")) in VERBS:
            try:
                entry = json.loads(leaf)
                getattr(self, "_" + verb.replace(".", "_"))(entry["facts"], entry["actor"])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
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
        if self.number != len(self.moves) or t.debit == t.credit or t.at > t.moment:
            self._is_wrong("bad_sequence", expected=len(self.moves))
        amount, phase, d, c = int(t.amount), PHASES[t.phase], self._account(t.debit), self._account(t.credit)
        self.touched |= {d, c}
        if phase != POST or t.hold != NONE:
            self._hold(t, phase, (amount, d, c))
        if t.reverses != NONE:
            first = int(t.reverses)
            if not self._is(first, (amount, c, d), (POST, SETTLE)) or first in self.reversed:
                self._is_wrong("bad_reversal")
            self.reversed.add(first)
        if BANK in (t.debit[13:17], t.credit[13:17]) and phase in (POST, SETTLE):
            self._at_bank(t, phase, amount)
        self._move(phase, amount, d, c)

    def _hold(self, t: Transfer, phase: int, what: tuple[int, int, int]) -> None:
        if phase == HOLD and t.hold == NONE:
            if t.credit[13:17] == BANK:
                self._ordered(t.order.strip(b'"').decode(), t.debit.decode(), what[0], t.at.decode())
        elif phase == POST or t.hold == NONE or not self._is(int(t.hold), what, (HOLD,)):
            self._is_wrong("hold_mismatch")
        else:
            self.phases[int(t.hold)] = DONE

    def _at_bank(self, t: Transfer, phase: int, amount: int) -> None:
        if t.line == NONE or t.line in self.lines:
            self._is_wrong("no_statement_line")
        self.lines.add(t.line)
        paid = amount if t.credit[13:17] == BANK and phase == POST and t.reverses == NONE else 0
        if paid > self.fees[t.credit[:12].decode()]:
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

    def _is(self, number: int, what: tuple[int, int, int], phases: tuple[int, ...]) -> bool:
        return number < len(self.moves) and self.phases[number] in phases and self.moves[number] == what

    def _ordered(self, name: str, fund: str, amount: int, at: str) -> None:
        order = self.orders.get(name, {"held": True})
        if order["held"] or order["stopped"] or at[:19] > order["expires"][:19]:
            self._is_wrong("no_live_order", order=name)
        elif order["fund"] not in (fund, fund[13:]) or order["amount"] != amount:
            self._is_wrong("order_differs", order=name)
        elif not order["needs"] or any(
            list(order["approvals"].values()).count(role) < m for role, m in order["needs"].items()
        ):
            self._is_wrong("no_quorum", order=name)
        order["held"] = True

    def _policy_set(self, facts: dict[str, Any], actor: str) -> None:
        self.policies[facts["policy"]] = facts
        self.versions[facts["account"]] = facts["version"]
        self.fees[facts["account"]] = facts.get("fee_limit") or 0

    def _order_made(self, facts: dict[str, Any], actor: str) -> None:
        name, policy = facts["order"], self.policies[facts["policy"]]
        now = facts["account"], self.versions[facts["account"]]
        if (policy["account"], policy["version"]) != now or name in self.orders:
            self._is_wrong("policy_differs", order=name)
        if policy["limit"] is not None and facts["amount"] > policy["limit"]:
            self._is_wrong("above_limit", order=name)
        state = {"by": actor, "approvals": {}, "held": False, "stopped": False}
        self.orders[name] = facts | state | {"needs": policy["needs"], "keys": policy.get("keys")}

    def _order_approved(self, facts: dict[str, Any], actor: str) -> None:
        order, is_key = self.orders[facts["order"]], facts["strength"] in ("passkey", "usb_key")
        keys, role = order["keys"], facts["role"]
        if actor in order["approvals"] or actor == order["by"] or facts["digest"] != order["digest"]:
            self._is_wrong("approval_differs", order=facts["order"])
        elif is_key and not is_approved(facts):
            self._is_wrong("approval_unsigned", order=facts["order"])
        elif is_key and keys and sha256(unspell(facts["key"])).hexdigest() not in keys.get(role, ()):
            self._is_wrong("approval_key", order=facts["order"])
        else:
            order["approvals"][actor] = role
            self.seen["signed" if is_key else "paper"] += 1

    def _order_stopped(self, facts: dict[str, Any], actor: str) -> None:
        self.orders[facts["order"]]["stopped"] = True

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
            if of[RECEIVABLE] + of[BILLED] or sum(of.values()):
                self._is_wrong("books_open", account=account)
            said, index = self.statements.get(account, [of[BANK], 0])
            if said != of[BANK]:
                facts = {"account": account, "said": said, "booked": of[BANK]}
                self.wrong.append(("statement_differs", {"index": index, **facts}))
