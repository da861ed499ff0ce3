"""One installation: its state directory, brought up to the code that is here.

The server is started, logins, database and keys are made, the catalogues compiled, the
database migrated and the static files gathered; what is already as it should be is left.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from config import logins
from config.postgres import Server, state_directory
from config.terminal import Problem, choose

ROOT = Path(__file__).parents[1]
SHAPES = ("*/migrations/*.py", "*/grants.py", "*/static/**/*", "*/locale/**/*.po", "kit/grants.py")


@dataclass(frozen=True)
class Installation:
    """A state directory and the settings with which it is run."""

    state: Path
    settings: str = "config.settings"

    @property
    def server(self) -> Server:
        """The PostgreSQL of this state directory."""
        return Server(self.state)

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this installation is started with."""
        return os.environ | {
            "BANDENG_STATE": str(self.state),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONPATH": str(ROOT),
        }

    def manage(self, *words: str, settings: str = "") -> None:
        """Run one of Django's commands to its end.

        Raises:
            Problem: it failed; it has said why.
        """
        if code := self.ask(*words, settings=settings):
            raise Problem(
                choose(f"`{words[0]}` ended with {code}.", f"`{words[0]}` 以 {code} 结束。")
            )

    def ask(self, *words: str, settings: str = "") -> int:
        """Run one of Django's commands and give its exit code."""
        return self._django(*words, settings=settings).returncode

    def told(self, *words: str, settings: str = "", **environment: str) -> str:
        """Run a management command and give what it printed."""
        done = self._django(*words, settings=settings, out=subprocess.PIPE, **environment)
        done.check_returncode()
        return done.stdout

    def _django(
        self, *words: str, settings: str, out: int | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        chosen = {"DJANGO_SETTINGS_MODULE": settings or self.settings}
        command = [sys.executable, "-P", "-m", "django", *words]
        within = self.environment | environment | chosen
        return subprocess.run(command, check=False, stdout=out, text=True, env=within)

    def sign(self) -> None:
        """Sign, once, what the log does not hold yet."""
        self.manage("sign_log", "--once", settings="config.signer")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Have the server up; whoever found it down stops it again."""
        if uses_own_server():
            found = self.server.is_running()
            logins.prepare(server=self.server)
        else:
            found = True
            self.make_state()
            logins.create_secret_key(state=self.state)
        try:
            yield
        finally:
            if not found:
                self.server.stop()

    def bring_up_to_date(self) -> None:
        """Compile, migrate and gather, if the code is another than at the last start."""
        stamp, now = self.state / "brought-up", fingerprint()
        if stamp.exists() and stamp.read_text() == now:
            return
        subprocess.run(
            [sys.executable, "-P", "-m", "bandeng.kit.catalogue"], check=True, env=self.environment
        )
        self.manage("migrate", "--verbosity=0", settings="config.owner")
        self.manage("collectstatic", "--no-input", "--clear", "--verbosity=0")
        stamp.write_text(now)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only process that builds or serves here.

        Raises:
            Problem: another one does; it is named.
        """
        self.make_state()
        with (self.state / "in-use").open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise Problem(_held_by(self.state, file.read().strip())) from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield

    def make_state(self) -> None:
        """Make the state directory, reachable for the server's account."""
        if uses_own_server():
            self.server.prepare()
        else:
            self.state.mkdir(mode=0o700, parents=True, exist_ok=True)


def here(*, suffix: str = "", settings: str = "config.settings") -> Installation:
    """Give the installation of the usual state directory, or its neighbour for the demo."""
    state = state_directory()
    return Installation(state.with_name(state.name + suffix), settings)


def uses_own_server() -> bool:
    """Tell whether the database is our own server's, not one that DATABASE_URL names."""
    return not os.environ.get("DATABASE_URL")


def fingerprint(*, extra: tuple[str, ...] = ()) -> str:
    """Give one value for everything that a start must bring into the state directory."""
    told = sha256()
    found = {file for shape in (*SHAPES, *extra) for file in (ROOT / "bandeng").glob(shape)}
    files = {file for file in found if file.is_file() and "__pycache__" not in file.parts}
    for file in (*sorted(files), ROOT / "requirements.lock"):
        told.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return told.hexdigest()


def _held_by(state: Path, pid: str) -> str:
    return choose(
        f"Another process ({pid}) is using the data in {state}. End it first, or choose another "
        "place with BANDENG_STATE.",
        f"另一个进程({pid})正在使用 {state} 中的数据。请先结束它,或用 BANDENG_STATE 另选目录。",
    )
