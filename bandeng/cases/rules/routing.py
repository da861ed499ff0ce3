"""Which body is asked: category × place → organisation. Pure: no database, no clock.

Of the rules that match, the highest priority wins; among equals one that names the category
beats one for all, one that names the estate beats an area, and a longer area code (a
community) beats a shorter one (its subdistrict).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """Cases of `category` (any if None) in `estate` or under `area_code` go to one body."""

    pk: int
    organisation: str
    category: str | None = None
    area_code: str = ""
    estate: int | None = None
    priority: int = 0

    def matches(self, *, category: str | None, area_code: str, estate: int | None) -> bool:
        """Tell whether the rule speaks about such a case."""
        return (
            (self.category is None or self.category == category)
            and (self.estate is None or self.estate == estate)
            and area_code.startswith(self.area_code)
        )

    @property
    def weight(self) -> tuple[int, bool, bool, int, int]:
        """How much the rule counts; the older one where all else is equal."""
        named = self.category is not None, self.estate is not None
        return (self.priority, *named, len(self.area_code), -self.pk)


@dataclass(frozen=True)
class Choice:
    """The rule that was followed, what it matched by, and the bodies it was preferred to."""

    rule: Rule
    by_category: bool
    by_estate: bool
    beaten: tuple[str, ...]

    def explain(self) -> dict[str, Any]:
        """Give what is kept beside the case, so that the choice can be understood later."""
        return asdict(self) | {"beaten": list(self.beaten)}


def choose(
    *, rules: Iterable[Rule], category: str | None, area_code: str, estate: int | None
) -> Choice | None:
    """Give the rule for a case and why; None when no rule speaks about it."""
    asked = {"category": category, "area_code": area_code, "estate": estate}
    matching = [rule for rule in rules if rule.matches(**asked)]  # type: ignore[arg-type]
    if not matching:
        return None
    best, *others = sorted(matching, key=lambda rule: rule.weight, reverse=True)
    beaten = tuple(rule.organisation for rule in others)
    return Choice(best, best.category is not None, best.estate is not None, beaten)
