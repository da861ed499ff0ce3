"""References: printed on a notice, typed on a phone, found in whatever the bank passes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.funds.rules.references import (
    FIRST,
    LAST,
    WrongReference,
    creditor_reference,
    find_references,
    grouped,
    is_creditor_reference,
    meant_by,
    number_of,
    short_reference,
)

numbers = st.integers(FIRST, LAST)
OURS = short_reference(number=10_000_123)


@pytest.mark.parametrize("known", ["RF18539007547034", "RF45G72UUR", "RF6518K5"])
def test_known_creditor_references_hold(known):
    assert is_creditor_reference(text=known)


@given(number=numbers)
def test_a_reference_carries_its_number_both_ways(number):
    for reference in (short_reference(number=number), creditor_reference(number=number)):
        assert number_of(reference=reference) == number
        assert number_of(reference=f" {grouped(reference=reference.lower())} ") == number
    assert is_creditor_reference(text=creditor_reference(number=number))
    assert creditor_reference(number=number).endswith(short_reference(number=number))


@given(number=numbers, place=st.integers(0, 9), digit=st.sampled_from("0123456789"))
def test_every_wrong_digit_is_noticed_and_the_right_one_is_offered(number, place, digit):
    reference = short_reference(number=number)
    wrong = reference[:place] + digit + reference[place + 1 :]
    if wrong != reference:
        with pytest.raises(WrongReference):
            number_of(reference=wrong)
        assert reference in meant_by(wrong=wrong, issued={reference})


@given(number=numbers, place=st.integers(0, 8))
def test_two_digits_exchanged_are_noticed(number, place):
    reference = short_reference(number=number)
    wrong = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]
    if wrong != reference:
        with pytest.raises(WrongReference):
            number_of(reference=wrong)


@pytest.mark.parametrize(
    "memo",
    [
        "{short}",
        "物业费{short}",
        "{short}物业费",
        "编号：{short}，王小明",
        "缴费 {grouped} 3栋1502",
        "{rf}",
        "{rf_grouped} 物业",
        "{wide}",
        "rf{rf_digits}",
        "RF {rf_digits}",
        "R F{rf_digits}",
        "{rf_digits}",  # without RF
        "{rf_o}",  # O typed for 0
        "13812345678 {short}",
        "{short} 2024-09-03",
        "电话13812345678编号{short}",
    ],
)
def test_it_is_found_in_what_people_write(memo):
    rf = creditor_reference(number=10_000_123)
    said = memo.format(
        short=OURS,
        grouped=grouped(reference=OURS),
        rf=rf,
        rf_grouped=grouped(reference=rf),
        rf_digits=rf[2:],
        rf_o="RF" + rf[2:].replace("0", "O", 3),
        wide="".join(chr(ord(c) + 0xFEE0) for c in rf),
    )
    assert find_references(text=said).right == (OURS,)


@pytest.mark.parametrize(
    "memo",
    [
        "",
        "物业费",
        "13812345678",
        "6217000012345678901",
        "20240903",
        "3-2-1502",
        f"9{OURS}",
        f"{OURS}7",
    ],
)
def test_other_numbers_are_no_reference(memo):
    assert find_references(text=memo).right == ()


def test_a_wrong_digit_is_told_as_wrong():
    wrong = OURS[:-1] + str((int(OURS[-1]) + 1) % 10)
    assert find_references(text=f"物业费{wrong}").wrong == (wrong,)
    rf = creditor_reference(number=10_000_123)
    assert find_references(text=rf[:-1] + wrong[-1]).wrong == (wrong,)


def test_two_homes_in_one_text_are_both_found():
    other = short_reference(number=55_555_555)
    assert find_references(text=f"{OURS}、{other}").right == (OURS, other)
    assert find_references(text=f"{OURS} {other}").right == (OURS, other)


@given(text=st.text(max_size=120))
def test_any_text_is_searched_without_complaint(text):
    for reference in find_references(text=text).right:
        number_of(reference=reference)


def test_a_number_without_eight_digits_is_the_programs_mistake():
    for number in (FIRST - 1, LAST + 1):
        with pytest.raises(ValueError, match="eight digits"):
            short_reference(number=number)
