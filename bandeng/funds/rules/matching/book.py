"""The homes, found by everything a line may say of them, and what is open at each."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import accumulate

from bandeng.funds.rules.matching.evidence import Place, Said, name_of
from bandeng.funds.rules.matching.model import Allocation, Due, Home, Key, Reason
from bandeng.funds.rules.references import Found, meant_by
from bandeng.places.rules.roster import home_key
from bandeng.places.rules.roster.address import building_of, entrance_of

MANY = 8  # homes under one name; beyond, a name says nothing
FEW = 3  # homes of one account; one that pays for more is an agent, and says little of a line
Reasons = dict[Key, set[Reason]]


class Book:
    """Homes, open dues, and which accounts paid for which homes before."""

    def __init__(
        self,
        *,
        homes: Iterable[Home],
        dues: Iterable[Due],
        accounts: Mapping[str, Collection[Key]] | None = None,
    ) -> None:
        self.homes = {home.key: home for home in homes}
        self.accounts = accounts or {}
        self.references = {
            home.reference: home.key for home in self.homes.values() if home.reference
        }
        self._dues: dict[Key, list[Due]] = defaultdict(list)
        for due in sorted(dues, key=lambda due: due.since):
            if due.open > 0:
                self._dues[due.home].append(due)
        self._owed = {home: sum(due.open for due in held) for home, held in self._dues.items()}
        self._whose = {due.key: home for home, held in self._dues.items() for due in held}
        self._rooms: dict[tuple[str, str], list[tuple[str, Key]]] = defaultdict(list)
        self._inside: dict[tuple[str, str], list[Key]] = defaultdict(list)
        self._names: dict[str, list[Key]] = defaultdict(list)
        self._similar: dict[str, set[Key]] = defaultdict(set)
        self._alike: Counter[str] = Counter()
        for home in self.homes.values():
            self._index(home)

    def _index(self, home: Home) -> None:
        building = building_of(text=home.building).upper()
        entrance = entrance_of(text=home.entrance).upper()
        number = home_key(building="", entrance="", number=home.number)[2]
        self._rooms[building, number].append((entrance, home.key))
        self._inside[entrance, number].append(home.key)
        for owner in home.owners:
            name = name_of(text=owner)
            self._names[name].append(home.key)
            for end in _ends(name):
                self._alike[end] += 1
            for pattern in _patterns(name):
                self._similar[pattern].add(home.key)

    def open_at(self, home: Key) -> list[Due]:
        """Give a home's dues as far as they are still open, the oldest first."""
        return self._dues.get(home, [])

    def steps(self, home: Key) -> set[int]:
        """Give the sums that would end exactly with an instalment of the home's plan."""
        gone = self._owed.get(home, 0) - sum(due.open for due in self.open_at(home))
        ends = accumulate(self.homes[home].instalments)
        return {end - gone for end in ends if end > gone}

    def pay(self, allocations: Iterable[Allocation]) -> None:
        """Take what is paid from what is open."""
        for allocation in allocations:
            home = self._whose[allocation.due]
            left = (_less(due, allocation) for due in self._dues[home])
            self._dues[home] = [due for due in left if due.open > 0]

    def at(self, place: Place) -> list[Key]:
        """Give the homes that a place may be; several where the entrance is not said."""
        here = self._rooms.get((place.building, place.number), [])
        if place.entrance:
            return [key for entrance, key in here if entrance == place.entrance]
        return [key for _entrance, key in here]

    def bearers(self, name: str) -> float:
        """Estimate how many in a crowd like these owners bear a name by chance.

        As many as there would be if its last two characters had nothing to do with each
        other: those with the one, times those with the other, over all of that family name;
        the bearers that are known not counted.
        """
        known = len(self._names.get(name, ()))
        one, other, either = (self._alike[end] for end in _ends(name))
        return (one - known) * (other - known) / either if either else 0.0

    def hints(self, *, said: Said, account: str) -> Reasons:
        """Give every home that a line points at, with what does."""
        found: Reasons = defaultdict(set)
        for reason, key in self._hints(said, account):
            found[key].add(reason)
        for reason, key in self._named(said, {self.homes[key].building for key in found}):
            found[key].add(reason)
        self._add_bare(said, found)
        if not found:
            for key in self._looking_like(said):
                found[key].add(Reason.SIMILAR)
        return found

    def _hints(self, said: Said, account: str) -> Iterator[tuple[Reason, Key]]:
        yield from self._referred(said.references)
        paid_for = self.accounts.get(account, ()) if account else ()
        reason = Reason.ACCOUNT if len(paid_for) <= FEW else Reason.AGENT
        yield from ((reason, key) for key in paid_for)
        yield from ((reason, key) for place in said.places for reason, key in self._placed(place))

    def _named(self, said: Said, near: Collection[str]) -> Iterator[tuple[Reason, Key]]:
        """Give the homes whose owner is named; of a common name only those in the same building."""
        for reason, names in ((Reason.NAME, (said.payer,)), (Reason.NAMED, said.names)):
            for name in names:
                homes = self._names.get(name, ())
                few = len(homes) <= MANY
                yield from ((reason, k) for k in homes if few or self.homes[k].building in near)

    def _referred(self, found: Found) -> Iterator[tuple[Reason, Key]]:
        for reference in found.right:
            if reference in self.references:
                yield Reason.REFERENCE, self.references[reference]
        for wrong in () if found.right else found.wrong:
            for meant in meant_by(wrong=wrong, issued=self.references):
                yield Reason.TYPO, self.references[meant]

    def _placed(self, place: Place) -> Iterator[tuple[Reason, Key]]:
        here = set(self.at(place))
        if place.pair:
            inside = self._inside.get((place.building, place.number), ())
            here |= set(inside if len(inside) <= MANY else ())
        reason = Reason.PAIR if place.pair and len(here) > 1 else Reason.ROOM
        yield from ((reason, key) for key in here)

    def _add_bare(self, said: Said, found: Reasons) -> None:
        """A room's number alone helps only where something else points at the home."""
        for key, reasons in found.items():
            if self.homes[key].number in said.bare:
                reasons.add(Reason.BARE)

    def _looking_like(self, said: Said) -> Iterator[Key]:
        """Give homes whose owner's name differs in one character: a homophone, a slip."""
        for name in (said.payer, *said.names):
            for pattern in _patterns(name):
                homes = self._similar.get(pattern, ())
                if len(homes) <= MANY:
                    yield from homes


def _less(due: Due, allocation: Allocation) -> Due:
    return replace(due, open=due.open - allocation.amount) if due.key == allocation.due else due


def _ends(name: str) -> tuple[str, str, str]:
    return f"{name[:-2]}?{name[-1:]}", f"{name[:-1]}?", f"{name[:-2]}??"


def _patterns(name: str) -> Iterator[str]:
    """Give a name with one character left open, never the family name."""
    if len(name) > 2:
        for place in range(1, len(name)):
            yield f"{name[:place]}?{name[place + 1 :]}"
