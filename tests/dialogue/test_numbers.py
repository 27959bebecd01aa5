"""Who can be joined, and who can be texted or rung back."""

import pytest

from dialogue.numbers import reachable, sender


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "anonymous",
        "Anonymous",
        "RESTRICTED",
        "unknown",
        "sip:anonymous@anonymous.invalid",
        "+266696687",
        "+7378742833",
        "+86282452253",
        "+2562533",
        "+8656696",
    ],
)
def test_a_withheld_number_is_nobody(raw):
    assert sender(raw) is None


@pytest.mark.parametrize(
    "raw", ["+447700900123", "+441214960001", "+353861234567", "+919876543210"]
)
def test_an_international_number_can_be_answered(raw):
    assert reachable(sender(raw))


@pytest.mark.parametrize(
    "raw",
    [
        "85258",
        "60777",
        "NHSnoreply",
        "07700900123",
        "client:anna",
        "sip:nan@example.org",
        "+",
        "+44",
        "+1",
        "+" + "9" * 40,
        "+44abc",
        "＋447700900123x",
        "+²²²²²²²²²²",
        "anonymous@x",
        None,
    ],
)
def test_a_short_code_a_name_or_nonsense_is_never_answered(raw):
    assert not reachable(raw)
