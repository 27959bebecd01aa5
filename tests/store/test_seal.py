"""Sealed fields: opened by any of the keys, by nobody else; joined without being revealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.seal import CannotOpen, Seal

OLD = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
NEW = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY="  # pragma: allowlist secret


@given(st.text())
def test_whatever_was_sealed_opens_to_the_same(text):
    seal = Seal([OLD], OLD)
    assert seal.open(seal.close(text)) == text


def test_a_rotated_key_still_opens_and_a_strange_one_does_not():
    sealed = Seal([OLD], OLD).close("a number")
    assert Seal([NEW, OLD], OLD).open(sealed) == "a number"
    with pytest.raises(CannotOpen):
        Seal([NEW], OLD).open(sealed)


def test_rotating_the_sealing_key_never_parts_a_phone_from_its_items():
    assert Seal([OLD], OLD).join("+447700900123") == Seal([NEW, OLD], OLD).join("+447700900123")


def test_two_phones_are_joined_apart_and_neither_is_shown():
    seal = Seal([OLD], OLD)
    assert seal.join("+447700900123") != seal.join("+447700900124")
    assert "7700" not in seal.join("+447700900123")
