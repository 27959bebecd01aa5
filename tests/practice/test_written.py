"""Telephone numbers as people write them."""

import pytest

from practice.written import written_number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("07700 900123", "+447700900123", id="national form"),
        pytest.param("(0121) 496-0000", "+441214960000", id="with its area in brackets"),
        pytest.param("+44 7700 900123", "+447700900123", id="international form"),
        pytest.param("0044 7700 900123", "+447700900123", id="with the international prefix"),
        pytest.param("85258", "85258", id="a short code stays"),
        pytest.param(" NHSnoreply ", "NHSnoreply", id="a name stays"),
        pytest.param("anonymous", "anonymous", id="anonymous stays"),
    ],
)
def test_a_number_as_it_is_written(typed, expected):
    assert written_number(typed) == expected
