"""Numbers that an office or a year may change, each with its unit and its source."""

from datetime import date, time

# (in force from, when the office is open on a working day), local time. Source: none that is
# published for every office; summer hours and each city's own are entered here with their day.
OFFICE_HOURS = (
    (date(2000, 1, 1), ((time(9), time(12)), (time(13), time(17)))),
)  # fmt: skip

# Hours for which an uploaded file that nobody took in is kept. Source: this house; 个人信息保护法
# art. 19, the shortest time that the purpose needs.
UPLOAD_KEPT_HOURS = 24
UPLOAD_LARGEST = 10 * 1024 * 1024  # bytes; a roster of 100,000 homes has about 5 million
