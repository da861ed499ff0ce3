"""From the bank's file to matched payments, through the pages: Mona collects, Kate is the second."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bandeng.funds.models import Allocation, Line, MatchProposal, Statement, Upload
from bandeng.funds.tests import files
from bandeng.funds.tests.pages import page, post
from bandeng.funds.tests.world import bill, billed, received

pytestmark = pytest.mark.django_db
MADE = files.movements(amounts=(300_00, 500_00, 1_593_00, -45_00), opening=0)


def bank_file(made=MADE):
    return files.separated(files.ccb_rows(made))


def look_at(client, world, content, name="流水.csv"):
    file = SimpleUploadedFile(name, content)
    return post(client, "take_statement", world.account.pk, file=file)


def take(client, world, content=None):
    checked = look_at(client, world, content or bank_file()).url
    return client.post(checked, {"answer": "yes"})


@pytest.fixture
def owing(world):
    billed(world, bill(world, yuan=1_593))
    world.place = world.account.receivables.get()
    return world


def test_a_statement_is_looked_at_and_taken_in(sign_in, owing):
    mona = sign_in("Mona")
    answer = look_at(mona, owing, bank_file())
    shown = mona.get(answer.url).content.decode()
    for words in ("0.00 元", "2,348.00 元", "2,393.00 元", "3 笔新收款", "待说明"):
        assert words in shown, words
    assert not Statement.objects.exists()
    assert mona.post(answer.url, {"answer": "yes"}).url == reverse(
        "funds:statements", args=[owing.account.pk]
    )
    assert not Upload.objects.exists()
    statement = Statement.objects.get()
    assert "流水.csv" in page(mona, "statements", owing.account.pk)
    lines = page(mona, "statement", owing.account.pk, statement.pk)
    for words in ("待认领", "待说明", "王*明"):
        assert words in lines, words
    assert "王小明" not in lines


def test_the_same_file_again_brings_nothing_and_a_longer_one_only_what_is_new(sign_in, owing):
    mona = sign_in("Mona")
    take(mona, owing)
    again = mona.get(look_at(mona, owing, bank_file()).url).content.decode()
    assert "都已入账" in again
    longer = files.movements(amounts=(300_00, 500_00, 1_593_00, -45_00, 88_00), opening=0)
    checked = look_at(mona, owing, bank_file(longer)).url
    assert "88.00 元" in mona.get(checked).content.decode()
    mona.post(checked, {"answer": "yes"})
    assert Line.objects.count() == 5


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "文件是空的|提交的是空文件|空"),
        (b"hello", "没有找到表头"),
        (bank_file().replace(b"2,393.00", b"2,392.00"), "应为"),
        (bank_file(files.movements(amounts=(300_00, 1_00))), "首份流水期初应为零|期初"),
        (b"PK\x03\x04 broken", "损坏"),
    ],
)  # fmt: skip
def test_a_bad_file_says_where_and_why_and_nothing_is_booked(sign_in, owing, content, says):
    mona = sign_in("Mona")
    answer = look_at(mona, owing, content)
    if answer.status_code == 302:
        checked = answer.url
        answer = mona.get(checked)
        mona.post(checked, {"answer": "yes"})
    assert re.search(says, answer.content.decode())
    assert not Statement.objects.exists()


def test_a_file_may_be_put_away(sign_in, owing):
    mona = sign_in("Mona")
    checked = look_at(mona, owing, bank_file()).url
    mona.post(checked, {"answer": "no"})
    assert not Upload.objects.exists()
    assert mona.get(checked).status_code == 404


def test_who_does_not_collect_takes_nothing_in(sign_in, owing):
    checked = look_at(sign_in("Mona"), owing, bank_file()).url
    for name, status in (
        ("Erin", 403),
        ("Alice", 403),
        ("Nils", 403),
        ("Charlie", 404),
        ("Leo", 404),
    ):
        client = sign_in(name)
        for address in (
            checked,
            reverse("funds:take_statement", args=[owing.account.pk]),
            reverse("funds:matching", args=[owing.account.pk]),
        ):
            assert client.get(address).status_code == status, (name, address)
        assert client.post(checked, {"answer": "yes"}).status_code == status


def test_what_is_certain_is_matched_at_a_press_and_the_rest_says_why(sign_in, owing):
    mona = sign_in("Mona")
    take(mona, owing)
    bench = page(mona, "matching", owing.account.pk)
    for words in ("1 笔可以确定", "1,593.00 元", "2 笔待人工认领（800.00 元）", "已等"):
        assert words in bench, words
    assert "3-2-1502" in page(mona, "match_certain", owing.account.pk)
    done = post(mona, "match_certain", owing.account.pk, checked="on")
    assert done.url == reverse("funds:matching", args=[owing.account.pk])
    assert Allocation.objects.get().receivable == owing.place
    assert "已结清" in page(sign_in("Alice"), "homes")


def test_the_rest_takes_two_people_and_can_be_undone(sign_in, owing):
    line = received(owing, 300).lines.get()
    mona, address = sign_in("Mona"), [owing.account.pk, line.pk]
    offered = reverse("funds:propose_match", args=address)
    assert "3-2-1502" in mona.get(f"{offered}?building=3").content.decode()
    chosen = f"{offered}?homes={owing.place.pk}:30000"
    assert 'value="300.00"' in mona.get(chosen).content.decode()
    share = f"share_{owing.place.pk}"
    for wrong, says in (
        ("400", "超过这笔款"),
        ("", "请选择房屋并填写金额"),
        ("many", "请填写以元"),
    ):
        assert says in mona.post(chosen, {share: wrong}).content.decode()
    assert mona.post(chosen, {share: "300"}).status_code == 302
    proposal = MatchProposal.objects.get()
    assert "须由第二人确认" in page(mona, "matching", owing.account.pk)
    own = post(mona, "confirm_match", proposal.pk, checked="on")
    assert "须由另一人" in own.content.decode() or own.status_code == 200
    assert not Allocation.objects.exists()
    kate = sign_in("Kate")
    shown = page(kate, "confirm_match", proposal.pk)
    assert "Mona" in shown
    assert "Alice" in shown
    assert post(kate, "confirm_match", proposal.pk, checked="on").status_code == 302
    match = Allocation.objects.get()
    assert "3-2-1502" in page(kate, "statement", owing.account.pk, line.statement_id)
    assert post(kate, "unmatch", match.pk, checked="on").status_code == 302
    assert "1 笔待人工认领" in page(kate, "matching", owing.account.pk)


def test_a_home_of_another_account_cannot_be_chosen(sign_in, owing):
    line = received(owing, 300).lines.get()
    chosen = reverse("funds:propose_match", args=[owing.account.pk, line.pk])
    mona = sign_in("Mona")
    for strange in ("999999:1", "x", f"{owing.place.pk}:x", "," * 50):
        assert mona.get(f"{chosen}?homes={strange}").status_code == 200
    for name in ("Alice", "Erin"):
        assert sign_in(name).get(chosen).status_code == 403
