"""What is installed from a wheel is whole: pyproject names every file that is no Python."""

import tomllib

from tests.databases import ROOT

DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]


def _belongs(file):
    parts = file.relative_to(ROOT).parts
    return file.is_file() and file.suffix != ".py" and not {"tests", "__pycache__"} & {*parts}


def test_templates_styles_words_and_documents_are_package_data():
    packages = [
        init.parent for room in ("bandeng", "config") for init in (ROOT / room).rglob("__init__.py")
    ]
    taken = {
        file
        for one in packages
        for glob in DECLARED["package-data"]["*"]
        for file in one.glob(glob)
    }
    found = {file for room in ("bandeng", "config") for file in (ROOT / room).rglob("*")}
    assert {str(file) for file in found if _belongs(file)} <= {str(file) for file in taken}
    assert any(file.suffix == ".typ" for file in taken)
