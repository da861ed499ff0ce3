"""How an approval was given is told as it was; paper is told to those who could object."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.test import RequestFactory
from fido2 import cbor

from bandeng.funds import actions
from bandeng.funds.actions import AccountRefused, LedgerRefused, OrderRefused
from bandeng.funds.models import SigningKey, Strength, Supervision, Transfer
from bandeng.funds.tests.english import english  # noqa: F401  # a fixture
from bandeng.funds.tests.pages import page, post
from bandeng.funds.tests.test_pages import registered, signed
from bandeng.funds.tests.world import approved, funded, ordered, prepared, sheet, terms
from bandeng.kit.passkeys import is_known
from bandeng.kit.tests.keys import PRESENT_AND_VERIFIED, SoftKey
from bandeng.post.reads import inbox

COPIED = PRESENT_AND_VERIFIED | 0x08  # "backup eligible": the key may lie in a cloud
RS256 = cbor.encode({1: 3, 3: -257, -1: b"\x01" * 256, -2: b"\x01\x00\x01"})
ES384 = cbor.encode({1: 2, 3: -35, -1: 2, -2: bytes(48), -3: bytes(48)})


@pytest.fixture
def money(world):
    funded(world)
    return world


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "strength"),
    [
        ({"transports": ["usb"]}, Strength.USB_KEY),
        ({"transports": ["usb", "nfc"]}, Strength.USB_KEY),
        ({"transports": ["internal"]}, Strength.PASSKEY),
        ({"transports": ["hybrid", "internal"]}, Strength.PASSKEY),  # a phone, by its QR code
        ({"transports": ["usb"], "flags": COPIED}, Strength.PASSKEY),
        ({"transports": []}, Strength.PASSKEY),  # an older browser does not say
    ],
)
def test_a_usb_key_is_told_apart_by_what_the_credential_tells(sign_in, money, told, strength):
    order, key = ordered(money), registered(money, "Judy", **told)
    assert post(sign_in("Judy"), "approve_order", order.pk, **signed(key, order)).status_code == 302
    assert order.approvals.get().strength == strength
    assert str(strength.label) in page(sign_in("Mona"), "order", order.pk)


@pytest.mark.django_db
def test_a_key_that_says_it_may_be_copied_when_it_signs_is_no_usb_key(money):
    order, judy, key = ordered(money), money.people["Judy"], SoftKey()
    row = actions.enrol_key(
        credential=key.credential, public_key=key.public, name="U盾", strength=Strength.USB_KEY,
        by=judy, at=money.now,
    )  # fmt: skip
    said = key.sign(bytes(order.digest), flags=COPIED)
    given = actions.approve_order(order=order, assertion=said, key=row, by=judy, at=money.now)
    assert given.strength == Strength.PASSKEY


@pytest.mark.django_db
@pytest.mark.parametrize("public", [RS256, ES384, b"", b"\xff"])
def test_a_key_that_the_verifier_does_not_know_approves_nothing_and_says_so(money, public):
    assert not is_known(public_key=public)
    assert is_known(public_key=SoftKey().public)
    order, judy, key = ordered(money), money.people["Judy"], SoftKey()
    row = SigningKey.objects.create(
        person=judy, credential=key.credential, public_key=public, at=money.now
    )
    with pytest.raises(OrderRefused, match="verifier does not know"):
        actions.approve_order(
            order=order, assertion=key.sign(bytes(order.digest)), key=row, by=judy, at=money.now
        )


@pytest.mark.django_db
def test_a_device_is_asked_for_keys_that_every_verifier_knows(money):
    from allauth.core import context

    from bandeng.people.passkeys import registration_options

    request = RequestFactory().get("/")
    request.session = SessionBase()
    with context.request_context(request):
        asked = registration_options(person=money.people["Judy"])
    assert {one["alg"] for one in asked["publicKey"]["pubKeyCredParams"]} == {-7, -8}


@pytest.mark.django_db
def test_paper_is_told_to_whoever_signed_and_to_the_other_supervisors(money):
    order = ordered(money)

    def told(name):
        return [m.subject for m in inbox(person=money.people[name].token)]

    before = {name: len(told(name)) for name in ("Judy", "Nils", "Erin", "Mona")}
    on_paper = sheet(money, order, signer="Judy")
    assert "以您名义签署" in told("Judy")[0]
    assert len(told("Nils")) == before["Nils"]  # it does not count yet
    actions.check_sheet(sheet=on_paper, by=money.people["Kate"], at=money.now)
    assert "您的纸面会签已生效" in told("Judy")[0]
    for name in ("Nils", "Erin"):
        assert "已以纸面会签" in told(name)[0]
    assert len(told("Judy")) == before["Judy"] + 2


@pytest.mark.django_db
def test_rules_are_weighed_once_and_strictly(money):
    people = money.people
    fresh = prepared(money, name="新专户")
    two = {Supervision.OWNERS: 1, Supervision.DEPUTY: 1}
    both = {Supervision.OWNERS: [people["Nils"]], Supervision.DEPUTY: [people["Nils"]]}
    for changes, says in (
        ({"bands": []}, "Say who"),
        ({"bands": [actions.Band(100, {Supervision.OWNERS: 1})]}, "two roles"),
        ({"bands": [actions.Band(100, {**two, Supervision.OWNERS: 2})]}, "than are named"),
        ({"bands": [actions.Band(100, two)], "supervisors": both}, "same people"),
        ({"bands": [actions.Band(100, {**two, Supervision.SUBDISTRICT: 1}), actions.Band(200, two)]},
         "fewer approvals"),
        ({"bands": [actions.Band(100, two), actions.Band(100, two)]}, "same sum"),
    ):  # fmt: skip
        with pytest.raises(AccountRefused, match=says):
            actions.open_account(
                account=fresh, terms=terms(money, **changes), by=people["Mona"], at=money.now
            )


def test_an_order_that_is_too_old_by_the_databases_clock_is_not_carried_out_backdated(
    own_clone, world, owner
):
    funded(world)
    mona = {"by": world.people["Mona"], "at": world.now}
    young, old = (approved(world, ordered(world, lives=timedelta(days=3))) for _ in range(2))
    owner.execute("ALTER TABLE funds_order DISABLE TRIGGER USER")
    owner.execute(
        "UPDATE funds_order SET recorded_at = recorded_at - interval '3 days' WHERE id = %s",
        [old.pk],
    )
    owner.execute("ALTER TABLE funds_order ENABLE TRIGGER USER")
    assert isinstance(actions.carry_out(order=young, **mona), Transfer)
    with pytest.raises(LedgerRefused, match="expired"):
        actions.carry_out(order=old, **mona)
