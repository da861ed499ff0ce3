"""Messages on the relay's own output: for demonstrations, tests and the first day."""

import sys

from bandeng.post.channels.letter import Letter


class ConsoleSender:
    """Prints what it would send."""

    def send(self, *, letter: Letter) -> None:
        """Write the letter out."""
        sys.stdout.write(f"{letter.message_id} → {letter.to}\n{letter.subject}\n{letter.text}\n\n")
        sys.stdout.flush()

    def close(self) -> None:
        """Nothing is open."""
