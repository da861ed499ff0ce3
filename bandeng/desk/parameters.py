"""How much a start page holds, and when a machine's state is a worry."""

from datetime import timedelta

CASES_READ = 500  # open cases that a start page sorts; the list has all of them
SHOWN = 20  # lines under one heading
WEEKS = 12  # in the chart
RATES_OVER = timedelta(days=90)

DISK_LOW, DISK_FULL = 0.15, 0.05  # share of the disk that is free
BACKUP_OLD, BACKUP_LATE = timedelta(days=2), timedelta(days=8)
QUEUE_SLOW = timedelta(minutes=15)
LOG_SLOW = timedelta(minutes=1)  # the signer looks twice a second
