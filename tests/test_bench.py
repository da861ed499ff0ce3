"""The benchmark of cases runs; what it times never fails a test, what it counts does."""

import json
import os
import subprocess
import sys

import pytest

from tests.databases import ROOT


@pytest.mark.slow
def test_no_page_of_cases_asks_more_than_it_must():
    environment = {k: v for k, v in os.environ.items() if k != "BANDENG_STATE"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.cases", "--quick", "--no-peer", "--json"],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    counted = {
        (one["case"], one["reference_name"]): one for one in lines if one["unit"] == "queries"
    }
    assert {case for case, _name in counted} == {"list", "filter", "search", "case", "report"}
    assert [key for key, one in counted.items() if one["ours"] > one["reference"]] == []
