"""Papers as an office files them; the PDF is read back."""

import io
import re

import pypdf
import pytest

from bandeng.kit.documents import DocumentError, qr_svg, render_pdf

LETTER = {
    "agency": "某街道办事处文件", "number": "某街〔2024〕12号", "title": "关于恢复消防工程施工的函",
    "to": "某市住房和城乡建设局", "body": [["p", "现将有关情况函告如下。"], ["h1", "一、基本情况"], ["p", "共 7 栋。"]],
    "attachments": ["会议纪要"], "issuer": "某街道办事处", "date": "2024年11月11日", "note": "",
    "copies": "某区政府办公室", "printer": "某街道党政办公室", "printed": "2024年11月11日",
}  # fmt: skip
NOTICE = {
    "title": "缴费通知", "paragraphs": ["请您核对。"], "facts": [["户号", "3-2-1502"]],
    "qr": qr_svg("https://bandeng.example/n/7"), "qr_says": "扫码核对", "issuer": "某社区",
    "date": "2024年11月11日", "foot": "电话办理",
}  # fmt: skip
LIST = {
    "title": "付款明细", "says": "截至 2024年11月11日", "foot": "某街道",
    "columns": [{"name": "用途", "share": 2, "right": False}, {"name": "金额", "share": 1, "right": True}],
    "rows": [["进度款", "955,926.15"]] * 120,
}  # fmt: skip
PAPERS = {"kit/gbt9704.typ": LETTER, "kit/notice.typ": NOTICE, "kit/table.typ": LIST}


def _pages(template, data, language="zh-hans"):
    pdf = render_pdf(template=template, data=data, language=language)
    return pypdf.PdfReader(io.BytesIO(pdf)).pages


def _text(pages):
    return "".join(page.extract_text() for page in pages)


def test_an_official_letter_has_22_lines_of_28_characters():
    """Source: GB/T 9704-2012, 5.2.3."""
    pages = _pages("kit/gbt9704.typ", LETTER | {"body": [["p", "字" * 28 * 60]]})
    lines = [line for line in pages[1].extract_text().splitlines() if set(line.strip()) == {"字"}]
    assert {len(line.strip()) for line in lines} == {28}
    assert len(lines) == 22


def test_it_is_numbered_right_on_odd_and_left_on_even_pages():
    pages = _pages("kit/gbt9704.typ", LETTER | {"body": [["p", "字" * 28 * 60]]})
    for number, page in enumerate(pages, start=1):
        assert f"— {number} —" in page.extract_text()


@pytest.mark.parametrize("template", PAPERS)
def test_every_page_of_a_demonstration_says_so_and_no_other_does(settings, template):
    mark = "虚构演示"
    assert mark not in _text(_pages(template, PAPERS[template]))
    settings.BANDENG_DEMO = True
    assert all(mark in page.extract_text() for page in _pages(template, PAPERS[template]))


def test_a_demonstration_has_no_red_heading(settings):
    def red(data):
        content = _pages("kit/gbt9704.typ", data)[0].get_contents().get_data()
        return re.search(rb"0\.90196\d* 0 0\.0705\d* (sc|scn|rg|RG|SCN)", content)

    assert red(LETTER)
    settings.BANDENG_DEMO = True
    assert not red(LETTER)


@pytest.mark.parametrize(
    "evil", ["#panic()", "*x* _y_ $z$", '"; #import "/etc"', "\\u{41}", "䶮㎡"]
)
def test_whatever_is_typed_is_text_on_the_paper(evil):
    text = _text(_pages("kit/notice.typ", NOTICE | {"paragraphs": [evil]}))
    assert evil.replace(" ", "") in text.replace(" ", "").replace("\n", "")


def test_a_long_list_repeats_its_header_on_every_page():
    pages = _pages("kit/table.typ", LIST)
    assert len(pages) > 2
    assert all("用途" in page.extract_text() for page in pages)
    assert f"{len(pages)} / {len(pages)}" in pages[-1].extract_text()


def test_a_template_that_lacks_data_is_named():
    with pytest.raises(DocumentError, match=r"kit/notice.typ.*title"):
        render_pdf(template="kit/notice.typ", data={}, language="en")
