"""How often and how long the relay tries; our own choices.

With these a message outlives a mail server that is away for a day and a night (33 h).
"""

ATTEMPTS = 14
FIRST_WAIT = 30  # seconds; doubled after each failed attempt
LONGEST_WAIT = 6 * 3600  # seconds
CHANNEL_REST = 60  # seconds in which a channel that cannot be reached is left alone
BATCH = 100  # deliveries of one channel before the next channel has its turn
PAUSE = 1  # second between two looks into an empty outbox
TIMEOUT = 10  # seconds for one step of a conversation with a server

SUBJECT_LENGTH = 200  # characters
