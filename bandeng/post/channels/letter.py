"""What a channel is given, and what it may answer."""

from dataclasses import dataclass
from typing import Protocol


class Unreachable(Exception):  # noqa: N818
    """The channel as a whole does not work now: the others' letters need not try."""


class Trouble(Exception):  # noqa: N818
    """This letter did not get through now; later it may."""


class Refusal(Exception):  # noqa: N818
    """This letter will never get through: no such address, for instance."""


@dataclass(frozen=True)
class Letter:
    """One message on its way to one address."""

    message_id: str  # the same at every attempt
    to: str
    subject: str
    body: str
    link: str  # absolute, or empty

    @property
    def text(self) -> str:
        """The body with the link below it."""
        return f"{self.body}\n\n{self.link}" if self.link else self.body


class Sender(Protocol):
    """What an adapter (BANDENG_SMS) must offer; any other exception is told as `Trouble`."""

    def send(self, *, letter: Letter) -> None:
        """Hand the letter over, or raise `Refusal`, `Trouble` or `Unreachable`."""

    def close(self) -> None:
        """End whatever is open."""
