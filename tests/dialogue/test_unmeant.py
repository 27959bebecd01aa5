"""Texts that nobody wrote, and a plain no that sounds like a cry: neither calls anybody."""

from dataclasses import replace

import pytest

from dialogue import text_intake, unmeant
from store.models import Feedback, Status, Text
from tests.dialogue.doorstep import CALLER, NUMBER, SCRIPT

APPLE = (
    "I\u2019m driving with Driving Focus turned on. I\u2019ll see your message when I get where "
    "I\u2019m going."
)
URGENT = (
    "(I\u2019m not receiving notifications. If this is urgent, reply \u201curgent\u201d to send a "
    "notification through with your original message.)"
)
DISTURB = (
    "I'm driving with Do Not Disturb While Driving turned on. I'll see your message when I get "
    "where I'm going."
)


@pytest.mark.parametrize(
    "text",
    [
        APPLE,
        URGENT,
        f"{APPLE}\n\n{URGENT}",
        DISTURB,
        "I'm driving and can't take texts right now. I'll get back to you when I arrive.",
        "I'm driving right now",
        "Out of office",
        "I am currently out of the office and will reply when I return.",
    ],
)
def test_what_phones_send_by_themselves_is_known(text):
    assert unmeant.automatic(SCRIPT, "en", text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm driving right now and I want to crash the car",
        f"{APPLE} I want to die",
        "Out of office hours nobody came",
        "I'm driving my mum to hospital right now, she fell",
        "",
    ],
)
def test_what_somebody_wrote_is_not_taken_for_it(text):
    assert not unmeant.automatic(SCRIPT, "en", text)


def told(door, body, tier, *reasons):
    """A text that what the line hears has put in a tier. The reply, or None."""
    came = door.arrival("text", "SMx", "", MessageSid="SMx", From=CALLER, To=NUMBER, Body=body)
    return door.let_in(replace(came, tier=tier, reasons=list(reasons)), text_intake.take).words


@pytest.fixture
def finished(door, say):
    """An item that somebody has told to the end, and staff have finished."""
    for body in ("The ward was cold", "2 5 1 1"):
        say(body)
    with door.database.writing() as session:
        session.get(Feedback, 1).status = Status.FINISHED
    door.later(minutes=1)


def test_a_reply_that_a_phone_sends_by_itself_is_kept_in_silence(door, finished):
    assert told(door, APPLE, "R1", "sounds like: I will be gone when you get there") is None

    (item,) = door.rows(Feedback)
    assert (item.tier, item.status) == (None, Status.FINISHED)
    assert [t.body for t in door.rows(Text) if t.kind.value == "automatic"] == [APPLE]


def test_it_answers_no_question_and_opens_no_item(door, say):
    assert say(DISTURB) is None
    say("The ward was cold")
    say(DISTURB)

    assert say("2").startswith("Hospital")
    assert len(door.rows(Feedback)) == 1


@pytest.mark.parametrize("body", ["please dont contact me", "No", "no dont ring me again"])
def test_a_plain_no_to_being_texted_is_no_cry_by_its_sound_alone(door, say, body):
    for before in ("The ward was cold", "2 5 1"):
        say(before)

    assert "will not text" in told(door, body, "R2", "sounds like: please dont ring me")
    assert [(item.tier, item.contact) for item in door.rows(Feedback)] == [(None, False)]


@pytest.mark.parametrize("body", ["delete my messages please", "I want to delete this"])
def test_who_asks_to_remove_it_does_not_cry_by_the_sound_of_that_alone(door, say, body):
    say("The ward was cold")

    assert "no longer see it" in told(door, body, "R1", "sounds like: cant do this anymore bye")
    assert [(item.tier, item.hidden_at is None) for item in door.rows(Feedback)] == [(None, False)]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("I want to delete this", "delete this"),
        ("please dont contact me", "dont contact me"),
        ("dont contact me this is my last text", "sounds like: my last text to anyone"),
        ("no I want to die", "sounds like: i wanna die"),
    ],
)
def test_a_listed_phrase_or_words_beside_the_no_count_as_ever(door, say, body, reason):
    for before in ("The ward was cold", "2 5 1"):
        say(before)
    told(door, body, "R1", reason)

    assert [item.tier for item in door.rows(Feedback)] == ["R1"]


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ((), "emergency"),
        (("1",), "i dont want to do this"),
        (("1", "5", "1"), "no thanks im done"),
        (("1", "5", "1"), "stop texting me ive had enough"),
        (("1", "5", "1", "1"), "stop texting me ive had enough"),
    ],
)
def test_an_answer_that_is_a_cry_anywhere_else_is_lowered_and_shown(door, say, before, body):
    for said in ("The ward was cold", *before):
        say(said)
    told(door, body, "R1", body)

    assert [(item.tier, item.tier_reasons) for item in door.rows(Feedback)] == [("R3", [body])]


@pytest.mark.parametrize("body", ["no thanks im done", "stop texting me ive had enough"])
def test_the_no_in_it_is_kept(door, say, body):
    for before in ("The ward was cold", "2 5 1"):
        say(before)

    assert "will not text" in told(door, body, "R1", body)
    assert [item.contact for item in door.rows(Feedback)] == [False]


STOPS = ["Stop texting me, I've had enough", "no more texts ive had enough", "dont text me im done"]


@pytest.mark.parametrize("body", STOPS)
@pytest.mark.parametrize(
    "before", [[], ["ADVICE"], ["The ward was cold"], ["The ward was cold", "2 5 1 1"]]
)
def test_who_has_had_enough_of_our_texts_gets_no_more_of_them(door, say, before, body):
    for said in before:
        say(said)

    assert "will not text or ring you" in told(door, body, "R1", body)
    assert [(item.tier, item.contact) for item in door.rows(Feedback)] == [("R3", False)]


@pytest.mark.parametrize("body", ["im done", "Ive had enough", "no thanks im done"])
@pytest.mark.parametrize("answers", [(), ("2",), ("2", "5"), ("2", "5", "1")])
def test_who_is_done_with_our_questions_is_asked_no_more(door, say, answers, body):
    for said in ("The ward was cold", *answers):
        say(said)

    assert "will not text or ring you" in told(door, body, "R1", body)
    assert [(item.contact, item.complete) for item in door.rows(Feedback)] == [(False, True)]


@pytest.mark.parametrize("body", ["ive had enough of living", "im done in, the ward was so loud"])
def test_who_has_had_enough_of_something_else_ends_no_questions(door, say, body):
    for said in ("The ward was cold", "2"):
        say(said)
    say(body)

    assert [item.contact for item in door.rows(Feedback)] == [None]


def test_behind_words_of_danger_to_have_had_enough_is_a_cry_as_ever(door, say):
    for said in ("The ward was cold", "my carer hits me"):
        say(said)

    assert "You matter" in told(door, "im done", "R1", "im done")


@pytest.mark.parametrize("body", ["not safe", "its not safe", "no its unsafe here"])
def test_that_it_is_not_safe_is_no_plain_no_to_our_question_and_asks_of_the_phone(door, say, body):
    for before in ("The ward was cold", "2 5 1"):
        say(before)

    assert "Is this phone safe" in told(door, body, "R2", body)
    assert [(item.tier, item.contact) for item in door.rows(Feedback)] == [("R2", None)]


def test_emergency_is_where_it_happened_if_we_asked_that(door, say):
    say("Eight hours on a trolley")

    assert told(door, "emergency", "R1", "emergency").startswith("Hospital")


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ((), "im done"),
        (("The ward was cold", "1"), "emergency"),
        (("The ward was cold",), "emergency my dad fell"),
        (("The ward was cold", "1"), "im done with life"),
        (("The ward was cold", "1 5 1"), "dont text me ive had enough of living"),
        (("The ward was cold", "I want to die"), "im done"),
    ],
)
def test_where_nothing_of_the_kind_was_asked_or_more_is_said_it_is_a_cry(door, say, before, body):
    for said in before:
        say(said)
    told(door, body, "R1", body)

    assert [item.tier for item in door.rows(Feedback)] == ["R1"]


def test_a_wish_to_delete_is_none_by_its_sound_alone(door, say):
    say("The ward was cold")
    told(door, "I want to delete it", "R1", "sounds like: I want to kill myself")

    assert [(item.tier, item.hidden_at is None) for item in door.rows(Feedback)] == [(None, False)]


@pytest.mark.parametrize("said", ["The ward was cold", "2 5 1 1"])
def test_a_plain_wish_not_to_be_texted_is_none_by_its_sound_whenever_it_comes(door, say, said):
    say(said)
    told(door, "please stop texting me", "R1", "sounds like: i wont text you again")

    assert {item.tier for item in door.rows(Feedback)} == {None}
