"""A channel for text messages that leaves them in a file, for a server in another process."""

import os
from pathlib import Path


class Filed:
    """Writes each letter's body, so that the test can read the code."""

    def send(self, *, letter):
        with Path(os.environ["TEST_LETTERS"]).open("a") as out:
            out.write(f"{letter.body}\n")

    def close(self):
        pass
