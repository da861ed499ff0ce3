"""Rules of the house, checked over every room."""

import ast
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[1]
ROOMS = ROOT / "bandeng"
WRITES = {"save", "create", "bulk_create", "bulk_update", "update", "delete"}
WRITES |= {"get_or_create", "update_or_create", "execute", "executemany"}
EXPLAINED = {"actions", "reads", "rules", "permissions", "figures"}
SOURCES = [
    path
    for folder in ("bandeng", "config", "tests", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]
MODULES = [path for path in SOURCES if path.is_relative_to(ROOMS) and "tests" not in path.parts]
LINES, TEST_LINES = 400, 500


def _name(path):
    return str(path.relative_to(ROOT))


def _writes(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in WRITES:
                yield node.lineno


def _layer(path):
    """Name the file, or the folder that stands for it: actions.py and actions/visit.py."""
    return path.relative_to(ROOMS).parts[1].removesuffix(".py")


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent != ROOMS], ids=_name)
def test_only_actions_write(path):
    if _layer(path) != "actions" and path.relative_to(ROOMS).parts[0] != "kit":
        assert list(_writes(path)) == []


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_files_stay_short(path):
    limit = TEST_LINES if "tests" in path.parts else LINES
    assert len(path.read_text().splitlines()) <= limit


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent != ROOMS], ids=_name)
def test_domain_functions_explain_themselves_and_take_keywords(path):
    if _layer(path) not in EXPLAINED:
        return
    for function in ast.parse(path.read_text()).body:
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
            assert ast.get_docstring(function), function.name
            assert not function.args.args, f"{function.name}: keyword-only, please"


@pytest.mark.django_db
def test_every_model_change_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())
