"""The log's pages in a real browser: a receipt is checked there, with no connection at all."""

import json
from base64 import b64decode, b64encode

import pytest

from bandeng.trail import files
from bandeng.trail.actions import register_witness
from bandeng.trail.reads.log import _extra, _receipt
from bandeng.trail.rules import HOUSE
from bandeng.trail.rules.notes import LOG, PrivateKey
from bandeng.trail.tests.world import COMMITTEE, SIGNER
from bench.parts import books
from tests.browser.checks import assert_good
from tests.world import NOW

pytestmark = pytest.mark.browser
LOOKS = [("phone", "zh-CN"), ("elder", "zh-CN"), ("desktop", "en-GB")]


@pytest.fixture
def receipt(tmp_path):
    """A receipt of the log whose key the page knows, as the house writes it."""
    leaves = list(books.transfers(count=600))
    folder, size = tmp_path / "log", 600
    books.write_log(folder=folder, leaves=leaves, key=SIGNER)
    text = (folder / "checkpoint").read_text()
    line = COMMITTEE.sign(text=text.rpartition("\n\n")[0] + "\n", time=1_700_000_000)

    def write(index=2, note=text + line, change=None, opening=None):
        tree = files.tree(folder=folder, size=size)
        told = _receipt(index, tree, note, _extra(leaves[index], opening))
        file = tmp_path / "payment.tlog-proof"
        file.write_text(change(told) if change else told)
        return file

    return write


def test_the_pages_are_good(look_at):
    look_at([(None, address) for address in ("/log/", "/log/check/", "/log/witness/")], LOOKS)


def test_a_receipt_is_checked_without_a_connection(visit, world, receipt):
    salt, private = books.home(number=0)[1:]
    file = receipt(opening=(salt, json.loads(private)))
    for device, language in LOOKS:
        page = visit("/log/check/", device=device, language=language, expect=("DISCONNECTED",))
        page.context.set_offline(True)
        page.set_input_files("#receipt", file)
        assert_in_order(page)


def assert_in_order(page):
    page.locator("[data-result] h2").wait_for()
    assert page.locator("[data-result] [data-ok=no]").count() == 0
    said = page.locator("[data-result]").inner_text()
    assert "0.01" in said
    assert "log.example/log" in said
    assert ("1 / 1" in said) or ("1 个见证方中有 1 个" in said) or ("1 of 1" in said)
    assert_good(page)


def _flip(told):
    """Another amount, the same proof."""
    line = told.split("\n")[1]
    extra = b64decode(line.removeprefix("extra ")).replace(b'"amount\\":1,', b'"amount\\":9,')
    return told.replace(line, f"extra {b64encode(extra).decode()}")


FORGED = [
    (_flip, "It does not stand in the log"),
    (lambda told: told.replace("index 2", "index 3"), "It does not stand in the log"),
    (lambda told: told.replace("\n600\n", "\n601\n"), "A signature is wrong"),
    (lambda _told: "some other file", "This file is no receipt"),
    (lambda _told: "", "This file is no receipt"),
]


def test_a_forged_receipt_is_called_one(visit, world, receipt):
    page = visit("/log/check/", device="desktop", language="en-GB")
    for change, words in FORGED:
        page.reload()
        page.set_input_files("#receipt", receipt(change=change))
        page.locator("[data-result] h2").wait_for()
        assert page.locator("[data-result] h2").get_attribute("data-ok") == "no"
        assert words in page.locator("[data-result]").inner_text()


def test_a_receipt_of_another_log_is_called_one(visit, world, receipt, tmp_path):
    note = (tmp_path / "log" / "checkpoint").read_text()
    stranger = PrivateKey(SIGNER.name, LOG, bytes([7] * 32))
    text = note.rpartition("\n\n")[0] + "\n"
    page = visit("/log/check/", device="desktop", language="en-GB")
    page.set_input_files("#receipt", receipt(note=f"{text}\n{stranger.sign(text=text)}"))
    page.locator("[data-result] h2").wait_for()
    assert "Not signed by a key of this page" in page.locator("[data-result]").inner_text()


def test_a_browser_without_ed25519_says_so(visit, world, receipt):
    page = visit("/log/check/", device="phone", language="en-GB")
    page.evaluate("() => { crypto.subtle.importKey = () => Promise.reject(new Error('no')); }")
    page.set_input_files("#receipt", receipt())
    page.locator("[data-result] h2").wait_for()
    said = page.locator("[data-result]").inner_text()
    assert "This browser cannot check signatures" in said
    assert "It stands in the log" in said


def test_the_page_that_was_kept_as_a_file_checks_by_itself(visit, world, receipt, tmp_path, client):
    kept = tmp_path / "bandeng-check.html"
    kept.write_bytes(client.get("/log/check/file/").content)
    page = visit("/log/check/", device="desktop", language="en-GB")
    page.goto(f"file://{kept}")
    page.set_input_files("#receipt", receipt())
    page.locator("[data-result] h2").wait_for()
    assert page.locator("[data-result] [data-ok=no]").count() == 0


@pytest.fixture
def own_log(tmp_path, owner):
    """A log of the test's own, as the signer leaves it: files and what the database remembers."""

    folder = tmp_path / "own"

    def write(leaves):
        said = books.write_log(folder=folder, leaves=leaves, key=SIGNER)
        note = (folder / "checkpoint").read_text()
        add = "INSERT INTO trail_checkpoint (size, root, note) VALUES (%s, %s, %s)"
        owner.execute(f"{add} ON CONFLICT DO NOTHING", [said.size, said.root, note])

    return folder, write


def test_a_supervising_party_cosigns_with_one_tap_and_never_what_was_rewritten(
    serve, visit, world, own_log
):
    leaves, (folder, write) = list(books.transfers(count=600)), own_log
    write(leaves[:300])
    site = serve(TEST_LOG=str(folder))
    page = visit(
        "/log/witness/", device="phone", language="en-GB", site=site, expect=("404", "409")
    )
    page.get_by_label("Short name of the supervising party").fill("Ms Wang")
    page.get_by_role("button", name="Make the key").click()
    page.get_by_text("Letters a to z").wait_for()
    page.get_by_label("Short name of the supervising party").fill("deputies")
    assert_good(page)
    page.get_by_role("button", name="Make the key").click()
    page.get_by_text("Since you last signed: 300 new entries").wait_for()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("The signature was not taken").wait_for()
    key = page.locator("[data-vkey]").inner_text()
    witness = register_witness(key=key, role="人大代表", by=HOUSE, at=NOW)
    page.reload()
    page.get_by_text("Nothing new since you last signed: 300 entries").wait_for()
    assert_good(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("Signed: 300 entries. Thank you.").wait_for()
    assert list(witness.cosignatures.values_list("checkpoint_id", flat=True)) == [300]
    write(leaves)
    page.reload()
    page.get_by_text("Since you last signed: 300 new entries, 600 in all").wait_for()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("Signed: 600 entries. Thank you.").wait_for()
    for lie, told in (
        ([b"{}", *leaves[1:], b"{}"], "The log was rewritten since you signed"),
        (leaves[:299], "Entries that you signed are gone"),
    ):
        write(lie)
        page.reload()
        page.get_by_text(told).wait_for()
        page.get_by_role("button", name="Sign", exact=True).click()
        page.get_by_text(told).wait_for()
    assert witness.cosignatures.count() == 2
