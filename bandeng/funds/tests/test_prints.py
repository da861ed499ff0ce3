"""Papers for many homes: one file, made part by part, whatever dies in between."""

import io
import re
import time
from pathlib import Path

import pypdf
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from bandeng.funds import actions, parameters, sweeps
from bandeng.funds.models import Printing, PrintKind, PrintPart, PrintState
from bandeng.funds.reads.prints import Press
from bandeng.funds.tests.pages import page, post
from bandeng.funds.tests.world import bill, billed, neighbours
from bandeng.post.models import Message
from bandeng.trail.rules import HOUSE
from tests.databases import ROOT


@pytest.fixture
def printing(db, world, monkeypatch):
    billed(world, *(bill(world, home=home) for home in [world.home, *neighbours(world, 4)]))
    monkeypatch.setitem(parameters.HOUSE, "print_chunk", (2, "papers", "test"))
    world.printing = actions.start_printing(
        account=world.account, kind=PrintKind.RECKONINGS, by=world.people["Mona"], at=world.now
    )
    return world


def test_all_of_them_in_one_file_in_the_order_of_the_buildings(sign_in, printing):
    mona, token = sign_in("Mona"), printing.printing.token
    count = printing.printing.total
    assert f"已打印 0 户，共 {count} 户" in page(mona, "printing", token)
    assert mona.get(reverse("funds:printed_file", args=[token])).status_code == 404
    actions.print_next(press=Press(), at=timezone.now())
    shown = mona.get(reverse("funds:printing", args=[token]), HTTP_HX_REQUEST="true")
    part = shown.content.decode()
    assert f"已打印 2 户，共 {count} 户" in part
    assert "<html" not in part
    call_command("print_papers", "--all")
    assert "打开文件" in page(mona, "printing", token)
    answer = mona.get(reverse("funds:printed_file", args=[token]))
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == count
    assert not PrintPart.objects.exists()
    assert Message.objects.filter(recipient=printing.people["Mona"].token).exists()
    for name in ("Leo", "Erin", "Alice"):  # another collector, the office, a household
        assert sign_in(name).get(reverse("funds:printed_file", args=[token])).status_code == 404


class Dies(Press):
    """A printer that the machine kills in the middle of a part."""

    def pages(self, printing, keys, /):
        raise KeyboardInterrupt


def test_it_goes_on_where_a_dead_printer_stopped_and_gives_up_after_some_tries(printing):
    actions.print_next(press=Press(), at=timezone.now())
    for _time in range(2):
        with pytest.raises(KeyboardInterrupt):
            actions.print_next(press=Dies(), at=timezone.now())
    row = Printing.objects.get()
    assert (row.done, row.tries, row.state) == (2, 2, PrintState.WAITING)
    actions.print_next(press=Press(), at=timezone.now())
    assert Printing.objects.get().tries == 0
    for _time in range(3):
        with pytest.raises(KeyboardInterrupt):
            actions.print_next(press=Dies(), at=timezone.now())
    actions.print_next(press=Dies(), at=timezone.now())
    assert Printing.objects.get().state == PrintState.FAILED
    assert not actions.print_next(press=Press(), at=timezone.now())


def test_it_can_be_cancelled_and_is_put_away(sign_in, printing):
    mona, token = sign_in("Mona"), printing.printing.token
    assert "正在打印中" in post(mona, "print_reckonings", printing.account.pk).content.decode()
    actions.print_next(press=Press(), at=timezone.now())
    assert post(mona, "cancel_printing", token).status_code == 302
    assert post(mona, "cancel_printing", token).status_code == 200  # it has ended
    assert not PrintPart.objects.exists()
    assert not actions.print_next(press=Press(), at=timezone.now())
    actions.discard_old_printings(by=HOUSE, at=timezone.now())
    assert not Printing.objects.exists()


@pytest.mark.slow
def test_1572_papers_survive_kills_within_bounded_memory(own_clone, world, monkeypatch):
    """The relay's way: a process of its own for some parts, killed twice; then the next goes on."""
    for name, value in {
        "BANDENG_DATABASE": own_clone, "DJANGO_SETTINGS_MODULE": "config.testing",
        "PYTHONPATH": str(ROOT),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    billed(world)
    by = {"by": world.people["Mona"], "at": world.now}
    printing = actions.start_printing(account=world.account, kind=PrintKind.RECKONINGS, **by)
    mine = Printing.objects.filter(pk=printing.pk)
    mine.update(rows=printing.rows * 1_572, total=1_572)
    highest, kills, until = 0, 0, time.monotonic() + 400
    while mine.get().state == PrintState.WAITING:
        assert time.monotonic() < until
        sweeps.papers(at=timezone.now())
        for child in sweeps._printers:
            highest = max(highest, _memory(child.pid))
            if kills < 2 and mine.get().done >= 100 * (kills + 1):
                child.kill()
                kills += 1
        time.sleep(0.2)
    ready = mine.get()
    assert (ready.state, ready.pages, kills) == (PrintState.READY, 1_572, 2)
    assert len(pypdf.PdfReader(io.BytesIO(ready.content)).pages) == 1_572
    assert 50 < highest < 500  # MB


def _memory(pid):
    """Give how much memory a process has had at most, in MB."""
    try:
        said = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+)", said)
    return int(found[1]) // 1024 if found else 0
