"""Lists, single places, what can be done to them, rosters, the calendar."""
