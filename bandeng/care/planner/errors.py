"""What is wrong with a file, said by its path and value."""


class BadFile(Exception):  # noqa: N818
    """A file is not what it should be.

    `path` leads to the value as in `patients[3].time_window[1]`; `rule` names what is broken.
    """

    def __init__(self, *, path: str, rule: str, value: object = None) -> None:
        super().__init__(f"{path}: {rule} ({value!r})")
        self.path, self.rule, self.value = path, rule, value


class EngineMissing(Exception):  # noqa: N818
    """The compiled search needs a library of the extra `[plan]` that is not installed."""

    def __init__(self, *, library: str) -> None:
        super().__init__(library)
        self.library = library


class Impossible(Exception):  # noqa: N818
    """No plan at all: a visit that must be made can be made by nobody; `rule` names why."""

    def __init__(self, *, visit: str, rule: str) -> None:
        super().__init__(f"{visit}: {rule}")
        self.visit, self.rule = visit, rule


class Disagreement(Exception):  # noqa: N818
    """Search and evaluator do not agree on a plan: it must not leave."""
