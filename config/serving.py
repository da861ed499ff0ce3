"""Serving: web process, relay and signer side by side, until somebody ends them."""

import os
import signal
import socket
import subprocess
import sys
import time

from config.installation import Installation, uses_own_server
from config.terminal import Problem, choose, say

PORT = 8000


def check_port(*, port: int) -> None:
    """Ask whether the port is free.

    Raises:
        Problem: it is taken.
    """
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            raise Problem(
                choose(
                    f"Port {port} is taken by another program. Choose another: --port {port + 1}",
                    f"端口 {port} 已被其他程序占用。请另选一个:--port {port + 1}",
                )
            ) from None


def serve(*, installation: Installation, host: str, port: int, relay: bool = True) -> int:
    """Serve until SIGTERM or Ctrl-C; if one of the processes dies, end the others.

    Returns: the exit code: 0 when it was ended by a signal.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ.setdefault("BANDENG_URL", f"http://localhost:{port}")  # for links, papers and QR
    web = [
        sys.executable, "-P", "-m", "granian", "--interface", "wsgi", "--host", host,
        "--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws",
        "--log-level", "warning", "config.wsgi:application",
    ]  # fmt: skip
    environment, sign = installation.environment, signer_environment(installation=installation)
    commands = [(web, environment)]
    if relay:
        commands.append(([sys.executable, "-P", "-m", "django", "relay"], environment))
    if sign:
        commands.append(([sys.executable, "-P", "-m", "django", "sign_log"], sign))
    running = [
        subprocess.Popen(command, env=own, start_new_session=True) for command, own in commands
    ]
    try:
        return _first_end(running)
    except KeyboardInterrupt:
        return 0
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)


def signer_environment(*, installation: Installation) -> dict[str, str] | None:
    """Give what the signer is started with; no other process is told of the key.

    Returns: None where the database is somebody's server and the signer has no login there.
    """
    if not uses_own_server() and not os.environ.get("DATABASE_SIGNER_URL"):
        say(
            "The log is not signed here: DATABASE_SIGNER_URL is not set.",
            "此处不签日志:未设置 DATABASE_SIGNER_URL。",
        )
        return None
    own = {"BANDENG_LOG_KEY": str(installation.state / "signer" / "key")}
    return installation.environment | {"DJANGO_SETTINGS_MODULE": "config.signer"} | own


def _first_end(running: list[subprocess.Popen[bytes]]) -> int:
    while True:
        for process in running:
            if process.poll() is not None:
                return process.returncode or 1
        time.sleep(0.5)
