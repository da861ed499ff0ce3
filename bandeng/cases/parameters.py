"""Numbers that a rule or an office may change, each with its unit and its source.

A category's own limit is data (`Category`): these stand where no category is known.
"""

HOTLINE = (
    "广东省12345热线办理时限（投诉举报15个工作日、求助10个工作日），作为预设；各地以本地规定为准"
)
HOUSE = "本系统预设，无法定时限；由街道自定"

# kind: (n, unit, source) of the limit, where no category says another.
LIMITS = {
    "hazard": (24, "hours", HOUSE),
    "complaint": (15, "working_days", HOTLINE),
    "dispute": (30, "days", "人民调解工作若干规定第33条：一般在一个月内调结"),
    "long_stuck": (60, "days", "信访工作条例第34条：自受理之日起60日内办结，作为预设"),
    "assistance": (10, "working_days", HOTLINE),
}

NEARBY_DAYS = 90  # calendar days back in which a report may be of the same thing; source: ours
ASK_DAYS = 7  # calendar days the people concerned have to answer before closing; source: ours
REOPEN_DAYS = 30  # calendar days after closing in which a reporter may ask again; source: ours
PHOTOS = 6  # pictures at most with one report; source: ours
SENDS = 30  # reports at most from one address in `WINDOW`, many phones share one; source: ours
TRIES = 10  # wrong look-ups at most from one address in `WINDOW`; source: ours
WINDOW = 600  # seconds
