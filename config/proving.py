"""The ninety seconds of the demo: a receipt holds without us, a rewritten payment is named.

The rewriting happens in a copy of the demo's database, which is dropped again.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from config.installation import ROOT, Installation
from config.logins import DATABASE, OWNER, connect, create_database, drop_database
from config.terminal import say

COPY = "rewritten"
DETAILS = re.compile("Signed: |签名时：")  # the whole entry, before and after
REWRITE = """
UPDATE funds_transfer SET amount = amount + 9900,
    leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"amount":' || amount || ',',
                              '"amount":' || amount + 9900 || ','), 'UTF8')
WHERE number = %s
"""


def prove(*, installation: Installation) -> None:
    """Tell it: paid, proved with the server stopped, rewritten by the owner, found."""
    with tempfile.TemporaryDirectory() as folder:
        receipt = installation.state / "receipt.tlog-proof"
        number = int(installation.told("prove_demo", f"--receipt={receipt}"))
        key = installation.told("log_key", "show", settings="config.signer").split()[0]
        say("■ A household pays, and holds the proof", "■ 一户缴费,凭据在手")
        say(f"  its receipt: {receipt}", f"  收据文件:{receipt}")
        installation.server.stop()
        say("  the server is stopped; the receipt is checked:", "  服务器已停止,离线验证收据:")
        _tell(
            _verify("receipt", str(receipt), "--key", key),
            ("signed", "included", "opened", "payment"),
        )
        installation.server.start()
        _rewrite(installation, number)
        try:
            _audit(installation, Path(folder), key)
        finally:
            drop_database(server=installation.server, name=COPY)


def _rewrite(installation: Installation, number: int) -> None:
    """Do, in a copy, what only the database's owner can: switch the guard off and rewrite."""
    create_database(server=installation.server, name=COPY, template=DATABASE)
    with connect(server=installation.server, login=OWNER, database=COPY) as owner:
        owner.execute("ALTER TABLE funds_transfer DISABLE TRIGGER USER")
        owner.execute(REWRITE, [number])
        owner.execute("ALTER TABLE funds_transfer ENABLE TRIGGER USER")
    say(
        f"■ In a copy, the database's owner turns payment {number} into 99 yuan more",
        f"■ 在副本中,数据库所有者把第 {number} 笔改多 99 元",
    )


def _audit(installation: Installation, folder: Path, key: str) -> None:
    installation.told("prove_demo", f"--rows={folder}", BANDENG_DATABASE=COPY)
    log = str(installation.state / "log")
    _tell(_verify("audit", log, "--key", key, "--now", str(folder)), ("rewritten", "rows"))


def _verify(*words: str) -> list[dict[str, Any]]:
    """Run the verifier, which knows nothing of us. Returns: its checks."""
    command = [sys.executable, "-m", "bandeng_verify", *words, "--json"]
    done = subprocess.run(
        command, cwd=ROOT / "verify", stdout=subprocess.PIPE, text=True, check=False
    )
    checks: list[dict[str, Any]] = json.loads(done.stdout)["checks"]
    return checks


def _tell(checks: list[dict[str, Any]], wanted: tuple[str, ...]) -> None:
    for check in checks:
        if check["check"] in wanted:
            sentence = DETAILS.split(check["sentence"])[0].strip()
            print(f"    {'✓' if check['ok'] else '✗'} {sentence}")  # noqa: T201
