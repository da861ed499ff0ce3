"""Numbers as people and files write them. All are made up."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.people.rules import masking
from bandeng.people.rules.numbers import (
    CREDIT_ALPHABET,
    ID_CHECKS,
    ID_WEIGHTS,
    Why,
    WrongNumber,
    credit_code,
    identity_number,
    phone_number,
    scope_prefix,
)

TODAY = date(2024, 3, 1)


def finished(seventeen):
    """Add the check character, computed here in another way than in the rules."""
    rest = 0
    for digit in seventeen:
        rest = (rest + int(digit)) * 2 % 11
    return seventeen + "0123456789X"[(12 - rest) % 11]


def test_the_published_example_holds():
    # the example of GB 11643-1999 itself
    read = identity_number(text="11010519491231002X", on=TODAY)
    assert (read.region, read.birth_on, read.is_male) == ("110105", date(1949, 12, 31), False)


@pytest.mark.parametrize(
    ("seventeen", "because"),
    [
        ("43020319800101001", "an ordinary one"),
        ("33011319990909123", "a county newer than the lists (临平区)"),
        ("13990019700228111", "a county that no list has"),
        ("81000019990909123", "a resident of Hong Kong with a residence permit"),
        ("82000019990909123", "of Macao"),
        ("83000019990909123", "of Taiwan"),
        ("91115619990909123", "a foreigner's permanent residence card of 2023"),
        ("43020320000229001", "a leap day that there was"),
        ("43020320240301001", "born today"),
    ],
)
def test_numbers_that_are_real(seventeen, because):
    assert identity_number(text=finished(seventeen), on=TODAY).text == finished(seventeen)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (finished("43020319010229001"), Why.BIRTH),  # no leap year
        (finished("43020319801301001"), Why.BIRTH),
        (finished("43020320240302001"), Why.BIRTH),  # tomorrow
        (finished("43020320990101001"), Why.BIRTH),
        (finished("43020318700101001"), Why.BIRTH),
        (finished("81000119990909123"), Why.REGION),  # a permit's region is whole
        (finished("00020319990909123"), Why.REGION),
        (finished("84000019990909123"), Why.REGION),
        ("430203800101001", Why.LENGTH),  # fifteen digits ended in 2013
        ("4302031980010100", Why.LENGTH),
        ("", Why.LENGTH),
        ("43020319800101O01X", Why.CHARACTERS),
        ("X10105194912310021", Why.CHARACTERS),
        ("110105194912310021", Why.CHECK),
    ],
)
def test_numbers_that_are_not(text, why):
    with pytest.raises(WrongNumber) as wrong:
        identity_number(text=text, on=TODAY)
    assert wrong.value.why == why


def test_a_number_may_be_typed_with_spaces_small_x_and_full_width():
    for typed in (
        "110105 19491231 002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105-19491231-002X ",
    ):
        assert identity_number(text=typed, on=TODAY).text == "11010519491231002X"


born = st.dates(date(1900, 1, 1), TODAY)


@given(born=born, order=st.integers(0, 999))
def test_every_number_that_is_made_by_the_standard_is_read_back(born, order):
    read = identity_number(text=finished(f"430203{born:%Y%m%d}{order:03}"), on=TODAY)
    assert read.birth_on == born
    assert read.is_male == (order % 2 == 1)


@given(born=born, place=st.integers(0, 16), digit=st.integers(0, 9))
def test_one_wrong_digit_never_passes(born, place, digit):
    number = finished(f"430203{born:%Y%m%d}001")
    wrong = number[:place] + str(digit) + number[place + 1 :]
    if wrong != number:
        with pytest.raises(WrongNumber):
            identity_number(text=wrong, on=TODAY)


@given(st.text(alphabet="0123456789", min_size=17, max_size=17))
def test_the_check_character_agrees_with_the_standard_s_table(seventeen):
    total = sum(int(d) * w for d, w in zip(seventeen, ID_WEIGHTS, strict=True))
    assert ID_CHECKS[total % 11] == finished(seventeen)[17]


def coded(seventeen):
    total, weight = 0, 1
    for character in seventeen:
        total, weight = total + CREDIT_ALPHABET.index(character) * weight, weight * 3
    return seventeen + CREDIT_ALPHABET[(31 - total % 31) % 31]


@pytest.mark.parametrize(
    ("seventeen", "because"),
    [
        ("91430200MA4L16JQ9", "a company"),
        ("11430200006123456", "an office"),
        ("N2430203MF1234567", "a village's collective begins with a letter"),
        ("A1110000MB1234567", "so does the army's body"),
        ("Y1430203MB1234567", "and another"),
    ],
)
def test_credit_codes_that_are_real(seventeen, because):
    assert credit_code(text=coded(seventeen).lower()) == coded(seventeen)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (coded("B1430200MA4L16JQ9"), Why.KIND),
        (coded("91A30200MA4L16JQ9"), Why.REGION),
        ("91430200MA4L16JQO0", Why.CHARACTERS),
        ("91430200MA4L16JQS0", Why.CHARACTERS),
        ("91430200MA4L16JQ", Why.LENGTH),
        (coded("91430200MA4L16JQ9")[:17] + "#", Why.CHARACTERS),
    ],
)
def test_credit_codes_that_are_not(text, why):
    with pytest.raises(WrongNumber) as wrong:
        credit_code(text=text)
    assert wrong.value.why == why


@given(place=st.integers(8, 16), character=st.sampled_from(CREDIT_ALPHABET))
def test_one_wrong_character_of_a_credit_code_never_passes(place, character):
    code = coded("91430200MA4L16JQ9")
    wrong = code[:place] + character + code[place + 1 :]
    if wrong != code:
        with pytest.raises(WrongNumber):
            credit_code(text=wrong)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13812345678", "+8613812345678"),
        ("138 1234 5678", "+8613812345678"),
        ("138-1234-5678", "+8613812345678"),
        ("１３８１２３４５６７８", "+8613812345678"),
        ("+86 138 1234 5678", "+8613812345678"),
        ("＋86－13812345678", "+8613812345678"),
        ("8613812345678", "+8613812345678"),
        ("008613812345678", "+8613812345678"),
        ("+852 9123 4567", "+85291234567"),
        ("(0731) 2868 0000", "+8673128680000"),
        ("0731-28680000", "+8673128680000"),
        ("010-68680000", "+861068680000"),
    ],
)
def test_phone_numbers_have_one_spelling(typed, stored):
    assert phone_number(text=typed) == stored
    assert phone_number(text=stored) == stored


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", Why.CHARACTERS),
        ("没有", Why.CHARACTERS),
        ("138123456", Why.LENGTH),
        ("138123456789", Why.LENGTH),
        ("12345678901", Why.KIND),
        ("0731-28680000", Why.KIND),
        ("+123", Why.LENGTH),
    ],
)
def test_phone_numbers_that_get_no_message(typed, why):
    with pytest.raises(WrongNumber) as wrong:
        phone_number(text=typed, mobile=True)
    assert wrong.value.why == why


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_stored_number_stays_as_it_is(national):
    stored = phone_number(text=national, mobile=True)
    assert phone_number(text=stored, mobile=True) == stored == f"+86{national}"


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text):
    for read in (
        lambda: phone_number(text=text),
        lambda: credit_code(text=text),
        lambda: identity_number(text=text, on=TODAY),
    ):
        with suppress(WrongNumber):
            read()


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("430203003001", "430203003001"),
        ("430203003000", "430203003"),
        ("430203000000", "430203"),
        ("430200000000", "4302"),
        ("430000000000", "43"),
        ("430203003", "430203003"),
        ("4302", "4302"),
        ("", ""),
    ],
)
def test_the_codes_inside_an_area_begin_alike(code, prefix):
    assert scope_prefix(code=code) == prefix


def test_numbers_are_masked():
    assert masking.masked_id(number="11010519491231002X") == "1101************2X"
    assert masking.masked_id(number="") == ""
    assert masking.masked_email(address="wang@example.org") == "w***@example.org"
    assert masking.masked_email(address="") == ""
