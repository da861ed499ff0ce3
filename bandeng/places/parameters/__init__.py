"""Numbers that an office or a year may change, each with its unit and its source."""

from datetime import date, time

# (in force from, when the office is open on a working day), local time. Source: none that is
# published for every office; summer hours and each city's own are entered here with their day.
OFFICE_HOURS = (
    (date(2000, 1, 1), ((time(9), time(12)), (time(13), time(17)))),
)  # fmt: skip
