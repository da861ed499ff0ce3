"""Adapters for text messages as an operator might bring them (BANDENG_SMS)."""

import os
import time
from pathlib import Path

from bandeng.post.channels import Refusal, Trouble, Unreachable


class Kept:
    """Keeps what it is given, in this process."""

    letters: list = []
    raises: Exception | None = None

    def send(self, *, letter):
        if Kept.raises:
            raise Kept.raises
        Kept.letters.append(letter)

    def close(self):
        pass


class Written(Kept):
    """Writes what it is given into a file; while another file is there, it never returns."""

    def send(self, *, letter):
        folder = Path(os.environ["TEST_LETTERS"])
        with (folder / "sent").open("a") as out:
            out.write(f"{letter.message_id}\n")
        while (folder / "hang").exists():
            time.sleep(0.01)


TROUBLES = {
    "refusal": Refusal("no such number +8613800000001"),
    "trouble": Trouble("busy"),
    "unreachable": Unreachable("no route"),
    "a bug of theirs": KeyError("oops"),
}
