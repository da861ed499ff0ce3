"""A writer of the crash trial: posts until it is killed, and says before and after what it does.

`python -m bench.parts.crash_writer CREDIT HOME,HOME,… SEED`. A line is one write to the pipe, so
that whoever kills this process knows what had been asked and what had been answered.
"""

import json
import os
import random
import sys
from datetime import UTC, datetime
from uuid import uuid4

import psycopg

from config import logins
from config.postgres import Server, state_directory

AT = datetime(2024, 9, 1, tzinfo=UTC)
POST = (
    "SELECT transfer, again FROM funds_post(NULL, %s, %s, %s, NULL, NULL, NULL, NULL, %s, %s) "
    "ORDER BY place"
)


def post(
    *, connection: psycopg.Connection, credit: int, asked: list[tuple[str, int, int]]
) -> list[tuple[int, bool]]:
    """Bill homes. `asked`: key, home's account, fen. Returns: number, and whether it was known."""
    count = len(asked)
    given = (
        [home for _key, home, _fen in asked], [credit] * count, [fen for _key, _home, fen in asked],
        [key for key, _home, _fen in asked], [AT],
    )  # fmt: skip
    return [(int(row[0]), bool(row[1])) for row in connection.execute(POST, given).fetchall()]


def main() -> None:
    """Post singles and batches of five."""
    credit, seed = int(sys.argv[1]), int(sys.argv[3])
    homes = [int(home) for home in sys.argv[2].split(",")]
    dice = random.Random(seed)  # noqa: S311
    server = Server(state_directory())
    with logins.connect(server=server, login=logins.APP, database=logins.DATABASE) as connection:
        while True:
            asked = [
                (uuid4().hex, dice.choice(homes), dice.randrange(1, 9_999))
                for _ in range(dice.choice((1, 1, 1, 5)))
            ]
            os.write(1, json.dumps(["asked", asked]).encode() + b"\n")
            numbers = [n for n, _again in post(connection=connection, credit=credit, asked=asked)]
            os.write(1, json.dumps(["posted", numbers]).encode() + b"\n")


if __name__ == "__main__":
    try:
        main()
    except psycopg.Error:
        sys.exit(1)  # the database was killed first
