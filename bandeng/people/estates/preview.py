"""What taking in a file would do, before it is done."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from bandeng.people.matching import match_people
from bandeng.places import labels
from bandeng.places.models import Estate, Home
from bandeng.places.rules.roster import Column, Field, Finding, Plan, Roster, plan

SHOWN = 50  # findings and homes of each kind on the page


@dataclass(frozen=True)
class Mapped:
    """One column as it was understood, in words."""

    sheet: str
    letter: str
    label: str
    field: str
    why: str


@dataclass(frozen=True)
class Said:
    """Findings of one kind: the sentence of each with its place."""

    lines: list[tuple[str, str]]
    more: int


@dataclass(frozen=True)
class Preview:
    """All that the second step shows."""

    columns: list[Mapped]
    problems: Said
    notes: Said
    plan: Plan
    persons: dict[str, int]
    missing: list[str]
    refused: bool


def preview(*, estate: Estate, roster: Roster) -> Preview:
    """Compare a file with what is known, and change nothing."""
    people = match_people(estate=estate, roster=roster, on=localdate())
    plans = plan(homes=roster.homes, known=Home.objects.known_in(estate))
    findings = roster.findings
    total = sum(findings.counts.values())
    return Preview(
        columns=[_column(column) for column in roster.columns],
        problems=_said(findings.problems, findings.refused),
        notes=_said(findings.notes, total - findings.refused),
        plan=plans,
        persons=people.counts(),
        missing=[
            "-".join(part for part in (home.building, home.entrance, home.number) if part)
            for home in plans.missing[:SHOWN]
        ],
        refused=roster.is_refused or not roster.homes,
    )


def _column(column: Column) -> Mapped:
    field = labels.FIELDS[column.field] if column.field else "—"
    remark = column.field is Field.REMARK
    why = labels.READ_FOR_STATES if remark else labels.TAKEN[column.taken]
    return Mapped(column.sheet, column.letter, column.label, str(field), str(why))


def _said(findings: list[Finding], total: int) -> Said:
    shown = findings[:SHOWN]
    lines = [(labels.where(finding=f), labels.say(finding=f)) for f in shown]
    return Said(lines, total - len(shown))
