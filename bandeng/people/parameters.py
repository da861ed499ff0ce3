"""How long a door stays open, and how often one may knock."""

from datetime import timedelta

# Our own choice; GB/T 22239-2019 8.1.4.1 asks for failed-login handling and time-outs
# and leaves the values to the operator.
LOCK_AFTER_FAILURES = 5  # for one number
LOCK_ADDRESS_AFTER = 30  # for one network address, which a whole office may share
LOCK_WINDOW = timedelta(minutes=15)

CODES_PER_NUMBER = 5  # a text message costs money and disturbs whoever owns the number
CODES_PER_ADDRESS = 30
CODES_WINDOW = timedelta(hours=1)

CODE_DIGITS = 6
CODE_VALID = timedelta(minutes=5)
CODE_TRIES = 3

STAFF_SESSION = timedelta(hours=10)  # a working day
RESIDENT_SESSION = timedelta(days=14)

FRESH_CODE = timedelta(minutes=10)  # after signing in by code, a new password needs no old one

ATTEMPTS_KEPT = timedelta(days=183)  # at least six months: 网络安全法 art. 23
