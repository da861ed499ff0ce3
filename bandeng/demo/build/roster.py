"""The roster as an Excel file, taken in by the importer."""

import tempfile
from datetime import date
from hashlib import sha256
from pathlib import Path

from bandeng.demo import roster
from bandeng.demo.build.stage import Stage, clock
from bandeng.places.actions import import_roster, set_management
from bandeng.places.models import ManagementStatus
from bandeng.places.rules.roster import open_workbook, read_roster

TAKEN_IN = clock(2024, 7, 30, 14)
MANAGED_SINCE = date(2016, 1, 1)


def take_in_the_roster(*, stage: Stage) -> None:
    """Write the file that an office would have, import it, and say who manages what."""
    worker = stage.people["worker"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{stage.plan.name}花名册.xlsx")
        roster.write(plan=stage.plan, file=file)
        content = file.read_bytes()
        import_roster(
            estate=stage.estate,
            roster=read_roster(sheets=open_workbook(data=content)),
            file_name=file.name,
            content_hash=sha256(content).digest(),
            by=worker.token,
            at=TAKEN_IN,
        )
    stage.buildings = {building.number: building for building in stage.estate.buildings.all()}
    company = stage.organisations["property"]
    for number, building in stage.buildings.items():
        managed = int(number) not in stage.plan.unmanaged
        set_management(
            building=building,
            status=ManagementStatus.COMPANY if managed else ManagementStatus.NOBODY,
            company=company.token if managed else None,
            company_name=company.name if managed else "",
            since_on=MANAGED_SINCE,
            by=worker.token,
            at=TAKEN_IN,
        )
