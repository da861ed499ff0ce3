"""Whom a roster means: the people of its rows, matched with those already known. Pure.

Somebody is the same by identity number; by number and name; or by home and name. A shared
number under another name is a household, not a person.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bandeng.people.rules.numbers import WrongNumber, identity_number, phone_number
from bandeng.places.rules.roster import Code, Finding, Findings, Named, RosterHome

HomeKey = tuple[str, str, str]
Hash = Callable[[str], bytes]
Relation = tuple[HomeKey, str]  # home and kind
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person as one row names them, with numbers that are whole."""

    home: HomeKey
    said: Named
    sheet: str
    row: int
    phone: str = ""
    phone_key: bytes = b""
    id_number: str = ""
    id_key: bytes = b""

    @property
    def name(self) -> str:
        """The name as written."""
        return self.said.name

    def note(self, code: Code) -> Finding:
        """Say something about one of the numbers, where it stands."""
        ids = (Code.ID_WRONG, Code.ID_TAKEN)
        column = self.said.id_column if code in ids else self.said.phone_column
        return Finding(code, self.sheet, self.row, column)


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Somebody who is known already."""

    pk: int
    name: str
    phone_key: bytes = b""
    id_key: bytes = b""
    verified: bool = False


@dataclass(slots=True)
class Match:
    """One person of the file: somebody known, or new, with the homes they belong to."""

    name: str
    known: Acquaintance | None = None
    phone: str = ""
    phone_key: bytes = b""
    id_number: str = ""
    id_key: bytes = b""
    relations: dict[Relation, None] = field(default_factory=dict)

    @property
    def new_phone(self) -> bool:
        """Whether the file gives a number that is not on record; a verified one stays."""
        return bool(self.phone_key) and not (
            self.known and (self.known.verified or self.known.phone_key == self.phone_key)
        )

    @property
    def new_id(self) -> bool:
        """Whether the file gives an identity number where there was none."""
        return bool(self.id_key) and not (self.known and self.known.id_key)


def candidates(
    *, homes: Iterable[RosterHome], on: date, hash_phone: Hash, hash_id: Hash, findings: Findings
) -> list[Candidate]:
    """Give everybody whom the homes' rows name; a number that is none is noted and left out."""
    found = []
    for home in homes:
        for said in home.people:
            bare = Candidate(home.key, said, home.sheet, home.row)
            phone = _phone(bare, findings)
            number = _id_number(bare, on, findings)
            found.append(
                replace(
                    bare,
                    phone=phone,
                    phone_key=hash_phone(phone) if phone else b"",
                    id_number=number,
                    id_key=hash_id(number) if number else b"",
                )
            )
    return found


def match(
    *,
    named: Iterable[Candidate],
    known: Iterable[Acquaintance],
    at_home: Mapping[tuple[HomeKey, str], Acquaintance],
    findings: Findings,
) -> list[Match]:
    """Make one person of all rows that mean the same; `at_home` knows by home and name.

    An identity number that is somebody else's is left out, a verified phone stays: noted.
    """
    acquaintances: dict[Key, Acquaintance] = {}
    whose: dict[bytes, str] = {}
    for person in known:
        whose[person.id_key] = person.name
        for key in _keys(person.id_key, person.phone_key, person.name):
            acquaintances.setdefault(key, person)
    found: dict[Key, Match] = {}
    for candidate in named:
        if (
            candidate.id_key
            and whose.setdefault(candidate.id_key, candidate.name) != candidate.name
        ):
            findings.add(candidate.note(Code.ID_TAKEN))
            candidate = replace(candidate, id_number="", id_key=b"")  # noqa: PLW2901
        _place(candidate, found, acquaintances, at_home)
        _note_kept_phone(candidate, found, findings)
    return list({id(person): person for person in found.values()}.values())


def _place(
    candidate: Candidate,
    found: dict[Key, Match],
    acquaintances: Mapping[Key, Acquaintance],
    at_home: Mapping[tuple[HomeKey, str], Acquaintance],
) -> None:
    """Put a candidate to the person they are: of this file, of the records, or new."""
    here: Key = ("home", candidate.home, candidate.name)
    keys = [*_keys(candidate.id_key, candidate.phone_key, candidate.name), here]
    person = next(
        (m for key in keys if (m := found.get(key)) and _may_be(candidate, m.id_key)), None
    )
    if not person:
        records = [acquaintances.get(key) for key in keys]
        records.append(at_home.get((candidate.home, candidate.name)))
        met = next((p for p in records if p and _may_be(candidate, p.id_key)), None)
        person = _met(met, found) if met else Match(candidate.name)
    found |= dict.fromkeys(keys, person)
    _join(person, candidate)


def _keys(id_key: bytes, phone_key: bytes, name: str) -> list[Key]:
    keys: list[Key] = [("id", id_key, name)] if id_key else []
    return [*keys, ("phone", phone_key, name)] if phone_key else keys


def _may_be(candidate: Candidate, id_key: bytes) -> bool:
    return not (candidate.id_key and id_key and candidate.id_key != id_key)


def _met(person: Acquaintance, found: dict[Key, Match]) -> Match:
    new = Match(person.name, person, phone_key=person.phone_key, id_key=person.id_key)
    return found.setdefault(("known", person.pk), new)


def _join(person: Match, candidate: Candidate) -> None:
    if candidate.phone and not person.phone:
        person.phone, person.phone_key = candidate.phone, candidate.phone_key
    if candidate.id_number and not person.id_number:
        person.id_number, person.id_key = candidate.id_number, candidate.id_key
    person.relations[candidate.home, candidate.said.kind] = None


def _note_kept_phone(candidate: Candidate, found: Mapping[Key, Match], findings: Findings) -> None:
    known = found["home", candidate.home, candidate.name].known
    if known and known.verified and candidate.phone_key not in (b"", known.phone_key):
        findings.add(candidate.note(Code.PHONE_KEPT))


def _phone(candidate: Candidate, findings: Findings) -> str:
    found = []
    for text in candidate.said.phones:
        try:
            found.append(phone_number(text=text))
        except WrongNumber:
            findings.add(candidate.note(Code.PHONE_UNCLEAR))
    if len(found) > 1:
        findings.add(candidate.note(Code.PHONE_SECOND))
    return found[0] if found else ""


def _id_number(candidate: Candidate, on: date, findings: Findings) -> str:
    text = candidate.said.id_number
    try:
        return identity_number(text=text, on=on).text if text else ""
    except WrongNumber:
        findings.add(candidate.note(Code.ID_WRONG))
        return ""
