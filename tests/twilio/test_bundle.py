"""The static answers, as a caller meets them while the line is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogue.script import load
from practice.page import build
from practice.phone import Phone
from tests.conftest import ROOT
from tests.twilio.conftest import OWNER, served
from workers.setup_bundle import bundle
from workers.setup_fallback import Static, fetched

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def phone(other_host: str, tmp_path: Path) -> Iterator[Phone]:
    """A phone whose line is away, and whose fallback is the bundle on another host."""
    for name, document in bundle(load(ROOT / "script"), NOBODY).items():
        (tmp_path / "static" / name).write_bytes(document)
    phone = Phone(NOBODY, *OWNER, fallback_url=f"{other_host}/voice.xml")
    with served(build(phone)):
        yield phone


def test_a_caller_hears_who_it_is_and_where_help_is(phone):
    heard = " ".join(phone.call("+447700900123").heard)

    assert "Because We All Care" in heard
    assert "999" in heard


def test_a_callers_message_is_recorded_while_the_line_is_away(phone):
    phone.call("+447700900123").speak("The nurse was kind")

    assert len(phone.recordings.oldest_first()) == 1


def test_a_message_ends_in_thanks_and_goodbye(phone):
    call = phone.call("+447700900123")

    call.speak("The nurse was kind")

    assert "Thank you" in " ".join(call.heard)
    assert call.ended


def test_a_caller_who_says_nothing_is_told_so_and_nothing_loops(phone):
    call = phone.call("+447700900123")

    call.wait()

    assert "We have no message from you" in " ".join(call.heard)
    assert call.ended


def test_somebody_who_texts_is_thanked_and_told_where_help_is(phone):
    phone.fallback_url = str(phone.fallback_url).replace("voice", "sms")

    (reply,) = phone.text("+447700900123", "The ward was dirty")

    assert reply.startswith("Thank you, we have that.")
    assert "999" in reply


@pytest.mark.parametrize(("size", "usable"), [(1_000_000, True), (1_000_001, False)])
def test_a_fallback_that_sends_more_than_any_answer_gives_none(other_host, tmp_path, size, usable):
    (tmp_path / "static" / "voice.xml").write_bytes(b" " * size)

    found = fetched(Static(f"{other_host}/voice.xml", "POST", "voice.xml"))

    assert (found is not None) == usable
