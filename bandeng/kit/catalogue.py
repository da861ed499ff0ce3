"""The translations: `extract` what is said (needs gettext), `compile` it (needs nothing).

`python -m bandeng.kit.catalogue [extract]`
"""

import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOMS = Path(__file__).parents[1]
HEADER = rb"""msgid ""
msgstr ""
"Language: zh_Hans\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""  # without the date that gettext would write into every change
PLACE = Path("locale", "zh_Hans", "LC_MESSAGES", "django.po")


def sources() -> list[Path]:
    """Give every room's catalogue."""
    return sorted(ROOMS.glob(f"*/{PLACE}"))


def read(*, source: Path) -> Catalog:
    """Read one catalogue."""
    with source.open("rb") as po:
        return read_po(po)


def compile_all() -> None:
    """Write each .mo beside its .po, where that is newer."""
    for source in sources():
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            with compiled.open("wb") as mo:
                write_mo(mo, read(source=source))


def extract(*, room: Path) -> None:
    """Bring one room's catalogue up to what its code says; new messages come empty."""
    (room / PLACE).parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--locale=zh_Hans", "--no-obsolete"]
    subprocess.run([*command, "--no-location"], cwd=room, check=True, capture_output=True)
    if (room / PLACE).exists():
        catalogue = read(source=room / PLACE)
        for message in catalogue:
            message.user_comments = []  # what a guess was made from
            if message.id and message.fuzzy:  # gettext's guess from another message
                message.string = ""
                message.flags.discard("fuzzy")
        with (room / PLACE).open("wb") as po:
            po.write(HEADER)
            write_po(po, catalogue, width=100, omit_header=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["extract"]:
        for folder in sorted(path.parent for path in ROOMS.glob("*/__init__.py")):
            extract(room=folder)
        for path in sources():
            empty = [m.id for m in read(source=path) if m.id and (m.fuzzy or not m.string)]
            print(path.parts[-5], "to translate:", empty)  # noqa: T201
    compile_all()
