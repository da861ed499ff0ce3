"""`./run COMMAND`: what a person can ask of an installation.

    demo      build the newspaper's page as a scenario, tell it, check it, serve it
    up        serve the product (prepares everything at the first start)
    test      all tests; --browser and --slow for the rest
    check     format, lint, contracts, types, migrations, rights, house rules, catalogues
    bench     a benchmark by name
    care      plan care visits, check and explain plans, from files
    backup    one file that holds everything;  restore  the way back
    stop      stop the database server
    log-key   new | show | rotate | retire | restart: the key that signs the log
    verify    check receipts, a household or the whole log;  witness  cosign it (bandeng-verify)

Anything else is a command of a room: `./run help` lists them, `./run NAME --help` tells more.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from config import caring, checking, telling
from config.backup import backup, restore
from config.installation import ROOT, here
from config.programs import ServerError
from config.serving import PORT, check_port, serve
from config.terminal import Problem, choose, say


def _parser(name: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"./run {name}")


def up(words: list[str]) -> int:
    """Serve the product."""
    parser = _parser("up")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORT)
    asked = parser.parse_args(words)
    check_port(port=asked.port)
    installation = here()
    with installation.held(), installation.running():
        installation.bring_up_to_date()
        say(
            f"Bandeng is served at http://{asked.host}:{asked.port} (end with Ctrl-C)",
            f"板凳已启动:http://{asked.host}:{asked.port}(按 Ctrl-C 结束)",
        )
        return serve(installation=installation, host=asked.host, port=asked.port)


def make_backup(words: list[str]) -> int:
    """Write a backup file."""
    parser = _parser("backup")
    default = f"bandeng-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar"  # noqa: TID251
    parser.add_argument("file", type=Path, nargs="?", default=Path(default))
    asked = parser.parse_args(words)
    manifest = backup(installation=here(), file=asked.file)
    say(
        f"{asked.file}: {len(manifest['sha256'])} files. It holds the keys: keep it safe.",
        f"{asked.file}:共 {len(manifest['sha256'])} 个文件。内含密钥,请妥善保管。",
    )
    return 0


def take_back(words: list[str]) -> int:
    """Restore a backup file into an empty state directory."""
    parser = _parser("restore")
    parser.add_argument("file", type=Path)
    asked = parser.parse_args(words)
    installation = here()
    manifest = restore(installation=installation, file=asked.file)
    say(
        f"Restored into {installation.state}: as of {manifest['made_at']}.",
        f"已恢复到 {installation.state},数据截至 {manifest['made_at']}。",
    )
    return 0


def stop(words: list[str]) -> int:
    """Stop the database servers of the product and of the demo."""
    _parser("stop").parse_args(words)
    for installation in (here(), here(suffix="-demo")):
        installation.server.stop()
    return 0


def help_(words: list[str]) -> int:
    """Tell every command with its first sentence; the demo's parts are not for people."""
    _parser("help").parse_args(words)
    print(__doc__)  # noqa: T201
    for file in sorted(ROOT.glob("bandeng/*/management/commands/[a-z]*.py")):
        if file.parts[-4] != "demo":
            told = file.read_text().partition("\n")[0].strip('"')
            print(f"    {file.stem.replace('_', '-'):20} {told}")  # noqa: T201
    return 0


def room_command(words: list[str]) -> int:
    """Run a command of a room, with the database up."""
    installation = here()
    with installation.running():
        installation.bring_up_to_date()
        name = words[0].replace("-", "_")
        return installation.ask(name, *words[1:], settings=OTHER_LOGINS.get(name, ""))


OTHER_LOGINS = {"log_key": "config.signer", "sign_log": "config.signer"}
COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": telling.demo,
    "up": up,
    "test": checking.test,
    "check": checking.check,
    "bench": checking.bench,
    "lock": checking.lock,
    "care": caring.care,
    "backup": make_backup,
    "restore": take_back,
    "stop": stop,
    "help": help_,
    "verify": checking.verify,
    "witness": checking.witness,
}


def main(words: list[str]) -> int:
    """Do what the words ask; a problem is told in a sentence, without a traceback."""
    if not words or words[0] in ("-h", "--help"):
        print(__doc__)  # noqa: T201
        return 0 if words else 2
    command = COMMANDS.get(words[0])
    try:
        return command(words[1:]) if command else room_command(words)
    except (Problem, ServerError) as problem:
        print(problem, file=sys.stderr)  # noqa: T201
    except OSError as error:
        if error.errno != 28:  # ENOSPC
            raise
        print(choose("The disk is full.", "磁盘已满。"), file=sys.stderr)  # noqa: T201
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
