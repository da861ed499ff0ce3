"""First the account is stated and signed, then somebody may be reminded."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bandeng.funds import actions
from bandeng.funds.actions import DuesRefused, ReckoningRefused
from bandeng.funds.models import Reckoning, ReckoningPaper, Reminder, ReminderChannel, Signature
from bandeng.funds.standing.claims import claims
from bandeng.funds.standing.sights import home_sight
from bandeng.funds.tests.pages import page, post
from bandeng.funds.tests.world import bill, billed, neighbours, signed
from bandeng.people.actions import relate_home
from bandeng.people.models import RelationKind
from bandeng.trail.rules import HOUSE

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 1)


@pytest.fixture
def owing(world):
    billed(world, bill(world, yuan=1_593))
    world.place = world.account.receivables.get()
    return world


def scan(name="paper.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7 signed")


def reminded(world, on=TODAY):
    return actions.log_reminder(
        receivable=world.place, channel=ReminderChannel.POSTED, delivered_on=on, proof=b"slip",
        by=world.people["Mona"], at=world.now,
    )  # fmt: skip


def ends_on(world):
    (claim,) = claims(home=home_sight(receivable=world.place), on=TODAY)
    return claim.ends_on


def test_no_notice_counts_before_the_statement_is_signed(owing):
    with pytest.raises(DuesRefused, match="先对账后催缴"):
        reminded(owing)
    signed(owing)
    with pytest.raises(DuesRefused, match="先对账后催缴"):
        reminded(owing, on=date(2024, 2, 29))  # the day before it was signed
    assert [due.pk for due in reminded(owing).dues.all()] == [owing.place.dues.get().pk]


def test_a_new_period_needs_a_statement_of_its_own(owing):
    signed(owing)
    billed(owing, bill(owing, since=date(2022, 1, 1), until=date(2022, 12, 31)), file=b"2022")
    reminder = reminded(owing)
    assert reminder.amount == 159_300
    assert [str(due.period.lower) for due in reminder.dues.all()] == ["2023-01-01"]
    (older, newer) = claims(home=home_sight(receivable=owing.place), on=TODAY)
    assert str(newer.ends_on) == "2027-03-01"
    assert str(older.ends_on) == "2025-12-31"


def test_the_households_signature_acknowledges_and_the_creditors_seal_does_not(owing):
    assert str(ends_on(owing)) == "2026-12-31"
    signed(owing, signature=Signature.POSTED)
    assert str(ends_on(owing)) == "2026-12-31"
    signed(owing, signature=Signature.HOUSEHOLD)
    assert str(ends_on(owing)) == "2027-03-01"


def test_it_is_drawn_up_printed_signed_and_entered(sign_in, owing):
    mona = sign_in("Mona")
    drawn = post(mona, "draw_up", owing.place.pk)
    reckoning = Reckoning.objects.get()
    assert drawn.url == reverse("funds:reckoning", args=[reckoning.pk])
    assert "还没签收" in page(mona, "reckoning", reckoning.pk)
    sheet = mona.get(reverse("funds:reckoning_sheet", args=[reckoning.pk]))
    assert sheet.content.startswith(b"%PDF-")
    given = {"signature": "household", "signed_on": "2024-02-01"}
    assert post(mona, "sign_reckoning", reckoning.pk, **given).status_code == 200  # no scan
    early = post(mona, "sign_reckoning", reckoning.pk, **given, content=scan())
    assert "不能早于出单日" in early.content.decode()
    given["signed_on"] = str(reckoning.until_on)
    assert post(mona, "sign_reckoning", reckoning.pk, **given, content=scan()).status_code == 302
    assert post(mona, "sign_reckoning", reckoning.pk, **given, content=scan()).status_code == 404
    alice = sign_in("Alice")
    assert "住户签字：确认欠款" in page(alice, "reckoning", reckoning.pk)
    kept = alice.get(reverse("funds:reckoning_paper", args=[reckoning.pk]))
    assert kept.content == b"%PDF-1.7 signed"


def test_the_owner_confirms_by_their_own_sign_in_and_nobody_else(sign_in, owing):
    by = {"by": owing.people["Mona"], "at": owing.now}
    reckoning = actions.draw_up(account=owing.account, receivables=[owing.place], **by)[0]
    relate_home(
        person=owing.people["Charlie"], home=owing.home, kind=RelationKind.PAYER,
        since_on=date(2024, 1, 1), source="test", by=HOUSE, at=owing.now,
    )  # fmt: skip
    assert post(sign_in("Charlie"), "confirm_reckoning", reckoning.pk).status_code == 403
    assert post(sign_in("Mona"), "confirm_reckoning", reckoning.pk).status_code == 403
    alice = sign_in("Alice")
    assert post(alice, "confirm_reckoning", reckoning.pk).status_code == 200  # not ticked
    assert post(alice, "confirm_reckoning", reckoning.pk, checked="on").status_code == 302
    paper = ReckoningPaper.objects.get(reckonings=reckoning)
    assert paper.signature == Signature.ONLINE
    assert paper.content == Reckoning.objects.get().said


def test_the_creditors_sealed_list_counts_for_many_homes_but_shows_to_none_of_them(sign_in, owing):
    (neighbour,) = neighbours(owing, 1)
    billed(owing, bill(owing, home=neighbour), file=b"two")
    mona = sign_in("Mona")
    assert "全部出具并打印" in page(mona, "reckonings", owing.account.pk)
    assert post(mona, "print_reckonings", owing.account.pk).status_code == 302
    assert Reckoning.objects.count() == 2
    sealed = {"signature": "posted", "signed_on": str(Reckoning.objects.earliest("pk").until_on)}
    told = post(mona, "seal_reckonings", owing.account.pk, **sealed, content=scan())
    assert told.status_code == 302
    papers = {each.paper for each in Reckoning.objects.all()}
    assert len(papers) == 1
    alone = Reckoning.objects.earliest("pk")
    assert mona.get(reverse("funds:reckoning_paper", args=[alone.pk])).status_code == 200
    mine = Reckoning.objects.get(receivable=owing.place)
    hidden = sign_in("Alice").get(reverse("funds:reckoning_paper", args=[mine.pk]))
    assert hidden.status_code == 404  # the list names the neighbours


def test_one_signature_is_for_one_home(owing):
    by = {"by": owing.people["Mona"], "at": owing.now}
    drawn = {"account": owing.account, "receivables": [owing.place]} | by
    two = [*actions.draw_up(**drawn), *actions.draw_up(**drawn)]
    given = {"account": owing.account, "signed_on": TODAY, "content": b"x"}
    for reckonings, signature in ((two, Signature.HOUSEHOLD), (two[:1], Signature.ONLINE)):
        with pytest.raises(ReckoningRefused):
            actions.sign_reckonings(**given, reckonings=reckonings, signature=signature, **by)
    assert not Reminder.objects.exists()
