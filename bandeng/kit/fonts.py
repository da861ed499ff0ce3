"""Where the typefaces lie: for documents, and for a browser on a machine without Chinese ones."""

import os
from importlib.util import find_spec
from pathlib import Path

WHEEL = "pylopdf_fonts_zh_cn"  # Noto Sans SC and Noto Serif SC, both OFL
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{directory}</dir>
  <cachedir>{cache}</cachedir>
  <alias binding="same"><family>system-ui</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias binding="same"><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias binding="same"><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
</fontconfig>
"""


def wheel_directory() -> Path:
    """Give the folder of the typefaces that come with the installation.

    Raises:
        ModuleNotFoundError: the package is missing.
    """
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"pip install {WHEEL.replace('_', '-')}", name=WHEEL)
    return Path(spec.origin).parent


def directories() -> list[Path]:
    """Give the office's own folders (DOC_FONT_DIRS, separated as in PATH) first, then ours."""
    own = os.environ.get("DOC_FONT_DIRS", "").split(os.pathsep)
    return [*(Path(folder) for folder in own if folder), wheel_directory()]


def write_fontconfig(*, folder: Path) -> Path:
    """Write a configuration that shows Chromium our typefaces: FONTCONFIG_FILE=<the result>.

    Returns: the file's path.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "fonts.conf"
    file.write_text(
        FONTCONFIG.format(directory=wheel_directory(), cache=folder / "cache"), encoding="utf-8"
    )
    return file
