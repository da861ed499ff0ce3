"""An estate's roster out of the workbook that an office really has. Pure: bytes in, rows out.

`workbook` opens the file, `words` knows what columns are called, `tables` finds the header,
`text` and `address` read single cells, `rows` makes homes of a sheet's rows, `parse` joins the
sheets into a roster, `plan` compares it with what is known.
"""

from bandeng.places.rules.roster.names import Named
from bandeng.places.rules.roster.parse import Roster, read_roster
from bandeng.places.rules.roster.plan import Change, Known, Plan, plan
from bandeng.places.rules.roster.rows import RosterHome, home_key
from bandeng.places.rules.roster.said import Code, Finding, Findings
from bandeng.places.rules.roster.tables import Column
from bandeng.places.rules.roster.words import Field
from bandeng.places.rules.roster.workbook import Unreadable, open_workbook

__all__ = [
    "Change",
    "Code",
    "Column",
    "Field",
    "Finding",
    "Findings",
    "Known",
    "Named",
    "Plan",
    "Roster",
    "RosterHome",
    "Unreadable",
    "home_key",
    "open_workbook",
    "plan",
    "read_roster",
]
