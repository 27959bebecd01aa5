"""A Twilio that is slow, full, broken or sly: what came in stays, and the rest is told."""

import json
import re
import time

import pytest

from store.upkeep import Round
from tests.catch_up.conftest import says
from workers.carrier import TwilioAway
from workers.carrier_lists import Lists
from workers.catch_up_counts import Side

MANY = says("429 TOO MANY REQUESTS", Retry_After="7")


def test_too_many_requests_are_waited_out_as_long_as_twilio_says(small, twilio):
    small.text("The nurse was kind", hours=2)
    twilio.oddly += [("Messages", MANY), ("Messages", MANY)]

    counts = small.catch_up()

    assert (counts.texts.imported, counts.away) == (1, None)
    assert small.paused == [7, 7]


def test_a_twilio_that_is_busy_for_long_is_left_for_the_next_round(small, twilio):
    small.text("The nurse was kind", hours=2)
    small.recording(small.call(hours=3), hours=2)
    twilio.oddly += [("Messages", says("503 UNAVAILABLE"))] * 4

    counts = small.catch_up()

    assert "Twilio answered 503" in counts.away
    assert (counts.texts, counts.recordings.imported) == (Side(), 1)
    assert len(small.paused) == 3
    assert small.paused == sorted(small.paused)
    assert [row.name for row in small.rows(Round)] == ["catch-up broken off"]
    assert small.catch_up().texts.imported == 1


def test_a_wait_of_minutes_is_not_waited(small, twilio):
    twilio.oddly.append(("Messages", says("429 TOO MANY REQUESTS", Retry_After="600")))

    assert "come back in 600 s" in small.catch_up().away
    assert small.paused == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param(says("401 UNAUTHORIZED"), "answered 401", id="wrong token"),
        pytest.param(says("302 FOUND", Location="https://evil.example"), "302", id="redirect"),
        pytest.param(says("200 OK", b"<html>Sorry"), "unreadable", id="a web page"),
        pytest.param(says("200 OK", b"[]"), "unreadable", id="a list"),
        pytest.param(says("200 OK", b'{"calls": []}'), "no messages", id="another list"),
        pytest.param(says("200 OK", b"{", Content_Length="99"), "broke off", id="half a page"),
    ],
)
def test_an_answer_that_is_no_list_is_told(small, twilio, answer, told):
    twilio.oddly.append(("Messages", answer))

    assert told in small.catch_up().away


def test_when_the_second_page_breaks_what_the_first_had_comes_in(small, twilio):
    page = {"messages": _first(small), "next_page_uri": "/2010-04-01/Accounts/AC/next"}
    open_day = f"DateSent%3E={small.at.date()}"
    twilio.oddly += [
        (open_day, says("200 OK", json.dumps(page).encode())),
        ("AC/next", says("401 UNAUTHORIZED")),
    ]

    counts = small.catch_up()

    assert counts.away
    assert counts.texts.imported == 1
    assert len(small.bodies()) == 1
    assert small.catch_up().texts == Side(at_twilio=2, here=1, imported=1)


def _first(small):
    """What Twilio lists of one of two texts."""
    small.text("The ward was cold", hours=3)
    small.text("The nurse was kind", hours=2)
    pages = small.room.carrier.lists.pages("Messages", {})
    return next(iter(pages))[:1]


@pytest.mark.parametrize("where", ["https://evil.example/list", "//evil.example/list"])
def test_the_token_never_follows_a_list_to_another_place(small, twilio, where):
    page = json.dumps({"messages": [], "next_page_uri": where}).encode()
    twilio.oddly.append(("Messages", says("200 OK", page)))

    assert re.search("another place.*evil", small.catch_up().away)


def test_a_twilio_that_is_not_there_is_told_and_nothing_breaks(small):
    paused = []
    small.room.carrier.lists = Lists("AC", "token", "http://127.0.0.1:9", pause=paused.append)

    counts = small.catch_up()

    assert "could not be reached" in counts.away
    assert len(paused) == 9  # three lists, each asked for four times, not every day of them


def test_a_twilio_that_says_nothing_is_given_up(small, twilio):
    lists = Lists("AC", "token", twilio.url, read=0.1, pause=small.paused.append)
    twilio.oddly += [("Messages", _hangs)] * 4

    with pytest.raises(TwilioAway, match="ReadTimeout"):
        next(lists.pages("Messages", {}))


def _hangs(_app, _environ, start):
    time.sleep(0.3)
    return says("200 OK")(_app, _environ, start)


def test_a_thousand_to_a_page_and_all_pages_are_read(small, twilio):
    for number in range(1001):
        small.text("Kind", frm=f"84{number}", hours=2)

    pages = list(small.room.carrier.lists.pages("Messages", {}))

    assert [len(page) for page in pages] == [1000, 1]
    assert "PageToken" in twilio.asked[-1]


def test_a_recording_whose_call_cannot_be_asked_for_comes_with_the_next_round(small, twilio):
    small.recording(small.call(hours=3), hours=2)
    twilio.oddly += [("Calls/CA", says("500 ERROR"))] * 4

    counts = small.catch_up()

    assert counts.recordings == Side(at_twilio=1, failed=1)
    assert "the call of a recording" in counts.away
    assert small.catch_up().recordings == Side(at_twilio=1, imported=1)
