import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.kit.masking import masked_name, masked_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王*明"), ("王明", "王*"), ("王", "*"), ("", ""), ("阿依古丽", "阿**丽"),
        ("欧阳明", "欧阳*"), ("欧阳小明", "欧阳*明"), ("Alice Smith", "A**** S****"),
    ],
)  # fmt: skip
def test_a_name_keeps_what_its_owner_recognises(name, shown):
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"), ("138 1234 1234", "138****1234"),
        ("+8613812341234", "+86138****1234"), ("0731-22334455", "073*****4455"),
        ("22334455", "******55"), ("110", "*10"), ("", ""),
    ],
)  # fmt: skip
def test_a_number_keeps_its_ends(phone, shown):
    assert masked_phone(phone) == shown


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1))
def test_no_name_is_ever_shown_whole(name):
    assert len(masked_name(name)) == len(name)
    assert masked_name(name) != name


@given(st.text(alphabet="0123456789", min_size=3, max_size=15))
def test_of_no_number_more_than_seven_digits_are_shown(phone):
    shown = masked_phone(phone).replace("*", "")
    assert len(shown) <= min(7, len(phone) - 1)
