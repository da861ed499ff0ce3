"""What a household keeps holds without the house: receipt and file, checked by the verifier."""

import io
import json
import re

from bandeng_verify import cli
from django.urls import reverse
from pypdf import PdfReader

from bandeng.funds.tests.world import billed, matched, received


def test_the_receipt_and_the_file_of_a_home_hold_without_the_house(
    client, world, signer, log_folder, tmp_path
):
    billed(world)
    matched(world, received(world, 300).lines.get())
    place = world.account.receivables.get()
    client.force_login(world.people["Alice"])
    number = place.allocations.get().paid_id
    proof = reverse("funds:payment_proof", args=[place.pk, number])
    assert client.get(proof).status_code == 404
    waiting = client.get(reverse("funds:payment_receipt", args=[place.pk, number]))
    assert "等待写入签名账本" in PdfReader(io.BytesIO(waiting.content)).pages[0].extract_text()
    signer.turn()
    assert "已写入签名账本" in client.get(place.get_absolute_url()).content.decode()
    answer = client.get(proof)
    assert "tlog-proof" in answer["Content-Disposition"]
    paper = client.get(reverse("funds:payment_receipt", args=[place.pk, number]))
    said = re.sub(r"\s", "", PdfReader(io.BytesIO(paper.content)).pages[0].extract_text())
    for words in (
        "300.00元",
        "2023-01-01–2023-12-31",
        "尚欠1,470.00元",
        "此码就是凭据全文",
        "指纹",
    ):
        assert words in said, words
    assert "Alice" not in said
    receipt, ours = tmp_path / "one.tlog-proof", tmp_path / "home.json"
    receipt.write_bytes(answer.content)
    ours.write_bytes(client.get(reverse("funds:household_file", args=[place.pk])).content)
    key = (log_folder / "keys").read_text().split()[0]
    assert cli.main(["receipt", str(receipt), "--key", key]) == 0
    assert cli.main(["household", str(ours), str(log_folder), "--key", key]) == 0
    told = json.loads(ours.read_text())
    assert json.loads(told["private"])["home"] == "3-2-1502"
    assert len(told["leaves"]) == 2
    ours.write_text(json.dumps(told | {"leaves": told["leaves"][:1]}))
    assert cli.main(["household", str(ours), str(log_folder), "--key", key]) == 1
