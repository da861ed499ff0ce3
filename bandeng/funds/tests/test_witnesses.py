"""The office registers the supervising parties' keys on a page; the parties hand them over."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from bandeng.funds.tests.pages import page, post
from bandeng.trail.models import Witness
from bandeng.trail.rules.notes import WITNESS, PrivateKey
from bandeng.trail.tests.world import COMMITTEE, SIGNER

pytestmark = pytest.mark.django_db
DEPUTIES = PrivateKey("bandeng.example/witness/deputies", WITNESS, bytes([9] * 32))


def test_an_officer_registers_a_key_and_retires_it(sign_in, world):
    erin, key = sign_in("Erin"), str(DEPUTIES.public)
    assert "见证方" in page(erin, "accounts")
    answer = post(erin, "register_witness", key=f"  {key[:40]} {key[40:]} ", role="人大代表")
    assert answer.url == reverse("funds:witnesses")
    shown = page(erin, "witnesses")
    assert "人大代表" in shown
    assert DEPUTIES.name in shown
    witness = Witness.objects.get(name=DEPUTIES.name)
    assert post(erin, "retire_witness", witness.pk, checked="on").status_code == 302
    assert "人大代表" not in page(erin, "witnesses")
    assert erin.get(reverse("funds:retire_witness", args=[witness.pk])).status_code == 404


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("not a key", "不是见证方的公钥"),
        (str(SIGNER.public), "日志的公钥"),
        (str(COMMITTEE.public), "已登记"),
        ("x" * 400, "300"),
        ("a+00000000+BAAA", "不是见证方的公钥"),
    ],
)
def test_what_is_no_new_witness_s_key_is_refused_in_a_sentence(sign_in, world, key, says):
    answer = post(sign_in("Erin"), "register_witness", key=key, role="人大代表")
    assert answer.status_code == 200
    assert says in answer.content.decode()


@pytest.mark.parametrize(
    ("lang", "says"), [("en_US.UTF-8", "Registered"), ("zh_CN.UTF-8", "已登记")]
)
def test_the_command_answers_in_the_terminals_language(world, monkeypatch, capsys, lang, says):
    monkeypatch.setenv("LC_ALL", lang)
    call_command("register_witness", str(DEPUTIES.public), "人大代表")
    assert says in capsys.readouterr().out
    for words in (
        (str(DEPUTIES.public), "人大代表"),
        ("nobody", "--retire"),
        (str(DEPUTIES.public),),
    ):
        with pytest.raises(CommandError) as refused:
            call_command("register_witness", *words)
        assert str(refused.value).isascii() is lang.startswith("en")
