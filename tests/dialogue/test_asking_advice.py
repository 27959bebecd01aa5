"""ADVICE by text says "tell us what you need and we may ring you": then it must be so."""

import pytest

from store.models import Feedback

LONG = "My name is Ann. I get up late, please ring me after two, and let it ring, I walk slowly."


def kept(door):
    """What is kept: each item's purpose with its texts."""
    return [(item.purpose, door.bodies(item)) for item in door.rows(Feedback)]


def test_what_somebody_needs_is_for_the_ring_back_list_and_no_survey_follows(door, say):
    say("ADVICE")
    reply = say("How do I complain about my dentist?")
    item = door.rows(Feedback)[0]

    assert "may ring you" in reply
    assert "Reply 1" not in reply
    assert (item.purpose, item.contact, item.complete) == ("advice", True, True)


@pytest.mark.parametrize(
    "need",
    [
        "ill ask my neighbour to feed me, nobody has come since Monday",
        "I will call again tomorrow, they never answer the phone at Tipton surgery",
        "I will try anything now",
        "thanks I will try to get through the night on my own again somehow",
    ],
)
def test_what_somebody_will_do_is_a_need_unless_it_is_short_and_behind_thanks(door, say, need):
    say("ADVICE")

    assert "may ring you" in say(need)
    assert kept(door) == [("advice", [need])]


@pytest.mark.parametrize("need", ["no reply", "No contact", "No contact from them"])
def test_that_nobody_answers_them_is_what_somebody_needs(door, say, need):
    say("ADVICE")

    assert "may ring you" in say(need)
    assert kept(door) == [("advice", [need])]


@pytest.mark.parametrize("waiting", ["No reply", "No reply?", "you dont reply"])
def test_who_still_waits_takes_no_yes_back(door, say, waiting):
    for body in ("ADVICE", "How do I complain about my dentist?"):
        say(body)

    say(waiting)

    assert [item.contact for item in door.rows(Feedback)] == [True]


@pytest.mark.parametrize("no", ["No", "not sure", "no need", "No thank you"])
def test_a_no_behind_advice_is_no_need(door, say, no):
    say("ADVICE")

    assert say(no) is None
    assert kept(door) == []


def test_a_picture_behind_advice_is_asked_for_words(door, say):
    say("ADVICE")

    assert "in your own words" in say("😢")


def test_more_about_it_joins_it_however_long(door, say):
    for body in ("advice", "Who helps me complain?", LONG, "thanks"):
        say(body)

    assert kept(door) == [("advice", ["Who helps me complain?", LONG, "thanks"])]


def test_an_open_question_can_still_be_answered_after_asking_for_advice(door, say):
    for body in ("The ward was cold", "ADVICE", "2", "How do I get her moved?"):
        say(body)

    assert kept(door) == [
        ("feedback", ["The ward was cold", "ADVICE", "2"]),
        ("advice", ["How do I get her moved?"]),
    ]


def test_asking_and_then_saying_hello_asks_what_they_need(door, say):
    say("ADVICE")

    assert "in your own words" in say("hello")
    say("My mum needs a hearing aid")
    assert kept(door) == [("advice", ["My mum needs a hearing aid"])]


@pytest.mark.parametrize("way", ["NEW", "a day"])
def test_after_new_or_a_day_it_is_feedback_again(door, say, way):
    say("ADVICE")
    if way == "NEW":
        say("NEW")
    say("The dentist was kind", **({"hours": 25} if way == "a day" else {}))

    assert kept(door) == [("feedback", ["The dentist was kind"])]


def test_words_of_crisis_are_answered_with_help_though_advice_was_asked(door, say):
    say("ADVICE")

    assert "You matter" in say("I want to die")
    assert door.rows(Feedback)[0].tier == "R1"


@pytest.mark.parametrize("words", ["He hits me and I have nowhere to go", "I want to die"])
def test_who_asked_for_advice_in_danger_waits_for_advice_when_the_danger_is_seen_to(
    door, say, words
):
    say("The ward was clean")
    say("NEW")
    say("ADVICE")
    say(words)

    assert [(item.purpose, item.tier) for item in door.rows(Feedback)] == [
        ("feedback", None),
        ("advice", "R2" if "hits" in words else "R1"),
    ]


def test_after_a_crisis_what_they_need_stays_with_their_words(door, say):
    for body in ("I want to die", "ADVICE", "who can I talk to"):
        say(body)

    assert kept(door) == [("advice", ["I want to die", "ADVICE", "who can I talk to"])]


def test_whoever_says_that_ringing_is_not_safe_is_not_rung(door, say):
    for body in ("ADVICE", "My mum needs help at home"):
        say(body)

    assert "not text or ring you" in say("No not safe to ring, he listens")
    assert door.rows(Feedback)[0].contact is False
    assert len(kept(door)) == 1


def test_when_to_ring_can_be_told_days_later(door, say):
    for body in ("ADVICE", "My mum needs help at home"):
        say(body)

    assert "added" in say("Wednesday after two is good", days=3)
    assert kept(door) == [("advice", ["My mum needs help at home", "Wednesday after two is good"])]


@pytest.mark.parametrize(
    "body",
    [
        "thanks",
        "ok thanks",
        "👍",
        "No thanks",
        "thanks, I will try PALS first",
        "ok will do x",
        "thank you, I'll ring them on Monday",
    ],
)
@pytest.mark.parametrize("before", [[], ["The care was good", "2 1 1 2"]])
def test_who_only_thanks_for_it_asks_for_no_ring(door, say, before, body):
    for said in (*before, "ADVICE"):
        say(said)

    assert say(body) is None
    assert [item.purpose for item in door.rows(Feedback)] == ["feedback"] * (len(before) > 0)


@pytest.mark.parametrize("body", ["hello", "Thank you"])
def test_a_greeting_or_thanks_behind_it_are_no_need_while_a_question_is_open(door, say, body):
    for said in ("The care was good", "ADVICE", body):
        say(said)

    assert [item.purpose for item in door.rows(Feedback)] == ["feedback"]


@pytest.mark.parametrize(
    "body",
    ["thanks, I will try PALS but they never answer", "ok can you help", "Thanks. My mum is lost"],
)
def test_thanks_and_a_need_are_a_need(door, say, body):
    say("ADVICE")

    assert "may ring you" in say(body)
    assert kept(door) == [("advice", [body])]


def test_after_thanks_they_may_still_tell_what_they_need(door, say):
    for body in ("ADVICE", "thanks", "My mum needs a hearing aid"):
        say(body)

    assert kept(door) == [("advice", ["My mum needs a hearing aid"])]
