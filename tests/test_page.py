"""docs/PAGE.md: every sentence of the source has its place, and what it points to exists."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import get_resolver

ROOT = Path(__file__).parents[1]
SENTENCES = {"S1": 28, "S2": 11, "S3": 7, "S4": 7, "S5": 9, "S6": 11}
IDS = [f"{part}-{n:02d}" for part, count in SENTENCES.items() for n in range(1, count + 1)]
ROW = re.compile(r"^\| (S\d-\d\d) \| (.+?) \| (.+) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "PAGE.md").read_text(encoding="utf-8"))
KINDS = ("**real**", "**not yet** (", "**not software**, because ")
TESTS = re.compile(r"`([\w/]+\.py)::(\w+)`")
ADDRESSES = re.compile(r"`([a-z]+:[a-z_-]+)`")
VERBS = re.compile(r"`([a-z]+)\.([a-z_]+)`")


def _addresses(patterns, namespace=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _addresses(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}"


def test_every_sentence_is_there_once_and_in_order():
    assert len(IDS) == 73
    assert [row[0] for row in ROWS] == IDS


@pytest.mark.parametrize(("number", "today"), [(row[0], row[2]) for row in ROWS])
def test_a_sentence_is_real_or_not_yet_or_not_software(number, today):
    assert today.startswith(KINDS)
    if today.startswith("**real**"):
        for pointer in (VERBS, ADDRESSES, TESTS):
            assert pointer.search(today), f"{number}: verb, address and test, please"


def test_every_address_resolves():
    known = set(_addresses(get_resolver().url_patterns))
    assert {name for row in ROWS for name in ADDRESSES.findall(row[2])} - known == set()


def test_every_verb_is_an_action():
    for room, name in {verb for row in ROWS for verb in VERBS.findall(row[2])}:
        action = getattr(import_module(f"bandeng.{room}.actions"), name, None)
        assert hasattr(action, "is_action"), f"{room}.{name}"


def test_every_named_test_exists():
    for file, name in {test for row in ROWS for test in TESTS.findall(row[2])}:
        tree = ast.parse((ROOT / file).read_text())
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert name in functions, f"{file}::{name}"
