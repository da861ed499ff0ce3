"""A copy of what is kept about a person, in a form that other programs read."""

import json
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from bandeng.kit.exports import plain

Copy = dict[str, list[dict[str, Any]]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_json(*, copy: Copy) -> HttpResponse:
    """Give it as JSON."""
    response = HttpResponse(
        json.dumps(copy, ensure_ascii=False, indent=1, default=str), content_type="application/json"
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def as_workbook(*, copy: Copy) -> HttpResponse:
    """Give it as an Excel file, a sheet for each kind of thing."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for title, rows in copy.items():
            sheet = book.add_worksheet(title[:31])
            for number, row in enumerate(rows):
                if number == 0:
                    sheet.write_row(0, 0, list(row))
                sheet.write_row(number + 1, 0, [plain(value=str(v)) for v in row.values()])
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="my-data.xlsx"'
    return response
