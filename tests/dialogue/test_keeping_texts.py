"""Conversations by text over hours and days, on rows: what is kept, and what is said back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogue import text_intake
from store.arrival_rows import Caller, Conversation
from store.models import Feedback, Text
from tests.dialogue.doorstep import CALLER, NUMBER
from tiers import OTHER_LANGUAGE

LONG = "Later on the ward the night staff were kind, and they brought my nan a blanket."


def items(door):
    return door.rows(Feedback)


def test_more_feedback_is_asked_about_once_more_and_then_let_be(door, say):
    replies = [say("The ward was cold"), say("and nobody came"), say("for hours"), say("all night")]

    assert ["Which service" in reply for reply in replies] == [True, True, False, False]
    assert "Good or bad, it helps" in replies[2]
    assert "added" in replies[3]
    assert door.bodies(items(door)[0]) == [
        "The ward was cold",
        "and nobody came",
        "for hours",
        "all night",
    ]


def test_a_burst_of_short_texts_uses_up_no_question(door, say):
    first = say("Went to the walk in centre last night")
    more = [say("waited 4 hours", seconds=9), say("then they sent us home", seconds=12)]
    say("4", seconds=25)

    assert ("Which service" in first, more) == (True, [None, None])
    assert [(item.service, item.contact) for item in items(door)] == [("other", None)]
    assert "then they sent us home" in door.bodies(items(door)[0])


def test_what_comes_right_behind_the_last_answer_opens_no_item_and_leaves_the_question_open(
    door, say
):
    for body in ("The ward was cold", "2 5", "1"):
        say(body)

    assert say(LONG, seconds=9) is None
    assert "may text you" in say("1", seconds=9)
    assert len(items(door)) == 1


def test_words_of_crisis_in_a_burst_bring_help(say):
    say("They sent me home")

    assert say("I want to die", seconds=4).startswith("You matter")


def test_a_short_text_after_the_closing_is_added_and_a_long_one_opens_a_linked_item(door, say):
    for body in ("The ward was cold", "2 5 1 1", "and the tea too", LONG):
        say(body)
    first, second = items(door)

    assert door.bodies(first) == ["The ward was cold", "2 5 1 1", "and the tea too"]
    assert door.bodies(second) == [LONG]
    assert (second.linked_to, first.complete, second.complete) == (first.id, True, False)


def test_new_opens_a_linked_item(door, say):
    say("The ward was cold")
    assert "other service" in say("NEW")
    assert "Which service" in say("The dentist was kind")

    assert [item.linked_to for item in items(door)] == [None, items(door)[0].id]


def test_after_a_day_of_silence_a_text_starts_afresh(door, say):
    say("The ward was cold")
    assert "Which service" in say("the food too", hours=25)

    assert [item.service for item in items(door)] == [None, None]
    assert items(door)[0].complete


def test_an_answer_and_nothing_else_is_on_the_item_that_it_was_asked_about_for_a_week(door, say):
    say("The ward was cold")
    assert say("2", hours=25).startswith("Hospital. Overall")
    assert say("4", days=6).startswith("Poor.")
    say("2", days=8)

    assert [(item.service, item.rating, item.about) for item in items(door)] == [
        ("hospital", "poor", None),
        (None, None, None),
    ]


@pytest.mark.parametrize(
    ("body", "contact"), [("ok thanks", None), ("1", True), ("Yes", True), ("no", False)]
)
def test_an_ok_is_no_answer_days_later_but_a_yes_and_a_no_are(door, say, body, contact):
    for before in ("The ward was cold", "2 5 1"):
        say(before)
    say(body, days=2)

    assert items(door)[0].contact is contact


def test_within_the_day_a_digit_still_answers(door, say):
    say("The ward was cold")
    say("2", hours=23)

    assert [item.service for item in items(door)] == ["hospital"]


def test_what_a_texter_wrote_beside_the_digit_is_kept_as_it_was(door, say):
    say("The ward was cold")
    say("2, Russells\x00Hall, Dudley")

    assert items(door)[0].place == "Russells\ufffdHall, Dudley"
    assert door.bodies(items(door)[0])[1] == "2, Russells\ufffdHall, Dudley"


@pytest.mark.parametrize("body", ["HELP", "hello", "", "bwac", "PRIVACY", "STOP", "KEEP"])
def test_a_lone_keyword_or_greeting_opens_no_item(door, say, body):
    assert say(body)
    assert items(door) == []


def test_yes_is_an_answer_when_it_was_asked_for(door, say):
    for body in ("The ward was cold", "2 5 1"):
        say(body)
    assert "we may text you" in say("Yes.")


def test_what_is_told_behind_the_digit_is_kept_as_words_and_the_service_is_taken(door, say):
    say("The ward was cold")

    assert say("2. My nan was left on a trolley for hours").startswith("Hospital. Overall")
    assert items(door)[0].service == "hospital"
    assert [text.kind.value for text in door.rows(Text)] == ["words", "words"]


def test_a_wish_not_to_be_texted_behind_the_digit_is_heard(door, say):
    say("The ward was cold")

    assert "will not text" in say("2. Please dont ring me back")


@pytest.mark.parametrize(
    ("body", "begins"),
    [
        ("1 2", "GP. Good. Who was the care for?"),
        ("2 5 1", "Hospital. Very poor. Me. Thank you. Good or bad"),
        ("2 5 1 1", "Hospital. Very poor. Me. Thank you: we may text you"),
        ("2 5 1 2", "Hospital. Very poor. Me. Thank you: we will not text"),
    ],
)
def test_every_choice_is_said_back(say, body, begins):
    say("The ward was cold")

    assert say(body).startswith(begins)


# --- stop and start


def test_stop_is_confirmed_once_and_what_was_said_stays(door, say):
    say("The ward was cold")
    assert "will not text you again" in say("STOP")
    assert say("Stop") is None
    assert say("and the food was cold") is None

    assert door.bodies(items(door)[0]) == [
        "The ward was cold",
        "STOP",
        "Stop",
        "and the food was cold",
    ]
    assert (items(door)[0].complete, items(door)[0].hidden_at) == (True, None)


@pytest.mark.parametrize("again", ["START", "unstop", "YES", "yes."])
def test_start_brings_texts_again(door, say, again):
    for body in ("The ward was cold", "STOP"):
        say(body)
    assert "our texts again" in say(again)
    assert say("The tea was cold, too") is not None


def test_a_question_that_was_never_sent_is_not_answered(door, say):
    say("STOP")
    say("The ward was cold and nobody came when I rang the bell in the night, for hours.")
    say("2")

    assert items(door)[0].service is None
    assert "2" in door.bodies(items(door)[0])


# --- twelve an hour


def test_after_twelve_replies_in_an_hour_there_is_silence_and_everything_is_kept(door, say):
    replies = [say(f"number {n} on my list of things") for n in range(15)]

    assert [reply is None for reply in replies] == [False] * 12 + [True] * 3
    assert len(door.rows(Text)) == 15
    assert say("and an hour later?", hours=1) is not None


def test_words_of_crisis_are_answered_beyond_the_limit(door, say):
    for n in range(13):
        say(f"number {n} on my list of things")

    assert say("I want to die").startswith("You matter")


def test_a_repeat_counts_towards_the_limit(door, say):
    for n in range(6):
        say(f"number {n} on my list of things")
    repeats = [door.text("SM0", "number 0 on my list of things") for _ in range(9)]

    assert [len(replies) for replies in repeats] == [1] * 6 + [0] * 3
    assert len(door.rows(Text)) == 6


# --- crisis


def test_a_crisis_text_brings_help_and_no_question(door, say):
    assert "116 123" in say("I want to die")
    assert "A person will read it" in say("They sent me home")
    assert say("and it was 2 o'clock") is None
    assert "A person will read it" in say("2", hours=2)

    assert (items(door)[0].tier, items(door)[0].service, items(door)[0].rank) == ("R1", None, 19)


def test_a_crisis_reply_is_given_once_an_hour_at_most(door, say):
    first = say("I want to die")

    assert "A person will read it" in say("I want to die")
    assert say("I want to die") is None
    assert say("I want to die", minutes=61) == first


@pytest.mark.parametrize(
    "before",
    [[], ["The ward was cold"], ["The ward was cold", "2"], ["The ward was cold", "2 5 1 1"]],
)
def test_a_crisis_is_answered_wherever_it_comes_and_ends_the_questions(door, say, before):
    for body in before:
        say(body)
    assert say("I want to die").startswith("You matter")
    assert "Reply" not in (say("nobody listened to me") or "")

    assert [item.tier for item in items(door)] == ["R1"]


@pytest.mark.parametrize("word", ["DELETE", "STOP"])
def test_neither_delete_nor_stop_brings_the_questions_back_after_a_crisis(door, say, word):
    for body in ("I want to die", word, "START"):
        say(body)

    assert "Reply 1" not in (
        say("and the ward was noisy all night long, and on the next day too") or ""
    )
    assert len(items(door)) == 1


def test_who_opted_out_gets_no_crisis_reply_but_the_next_one_after_start(door, say):
    say("STOP")
    assert say("I want to die") is None
    say("START")

    assert say("I want to die").startswith("You matter")


def test_whoever_asks_for_texts_again_after_not_safe_is_answered(door, say):
    for body in ("my carer hits me", "no"):
        say(body)
    assert say("The ward was cold", days=30) is None
    assert "will get our texts again" in say("START")

    assert "Which service" in say("The ward was cold")
    assert "Overall" in say("2")
    assert [item.safe for item in items(door)] == [False, False, None]


# --- delete and keep


def test_delete_hides_the_item_and_keep_brings_it_back(door, say):
    say("The ward was cold")
    say("DELETE")
    hidden = items(door)[0]
    assert (hidden.erase_at - hidden.hidden_at).days == 7

    say("keep")
    assert (items(door)[0].hidden_at, items(door)[0].erase_at) == (None, None)


def hide(door):
    """The lead has the first item erased, in a week."""
    with door.database.writing() as session:
        item = session.get(Feedback, 1)
        item.hidden_at, item.erase_at = door.now, door.now + timedelta(days=7)


@pytest.mark.parametrize("between", [[], ["PRIVACY"], ["Thank you"], ["DELETE"]])
def test_keep_brings_the_open_question_back_too(door, say, between):
    for body in ("The ward was cold", "DELETE", *between, "KEEP"):
        say(body)

    assert say("2").startswith("Hospital. Overall")
    assert [(item.service, item.hidden_at) for item in items(door)] == [("hospital", None)]


def test_keep_brings_no_question_back_to_whoever_has_begun_something_else(door, say):
    for body in ("The ward was cold", "DELETE", "The dentist was kind", "KEEP"):
        say(body)

    assert say("4").startswith("Other. Overall")
    assert [item.service for item in items(door)] == [None, "other"]


def test_what_comes_after_the_lead_had_an_item_removed_goes_to_one_that_can_be_seen(door, say):
    say("The ward was cold")
    hide(door)
    for body in ("2 Russells Hall Dudley", "2 5", "It was awful in there"):
        say(body)

    assert door.bodies(items(door)[0]) == ["The ward was cold"]
    assert [(item.service, item.rating) for item in items(door)[1:]] == [("hospital", "very_poor")]


def test_who_asks_to_remove_it_in_the_words_of_our_text_has_it_removed(door, say):
    for body in ("The ward was cold", "2 5 1", "2"):
        say(body)

    assert "no longer see it" in say("remove this please")
    assert items(door)[0].hidden_at is not None


def test_delete_sent_twice_takes_one_item(door, say):
    for body in ("The ward was cold", "NEW", "The dentist was kind", "DELETE", "DELETE"):
        say(body)

    assert [item.hidden_at is None for item in items(door)] == [True, False]


def test_delete_with_a_reference_takes_that_item_and_the_conversation_goes_on(door, say):
    for body in ("The ward was cold", "NEW", "The dentist was kind"):
        say(body)
    say(f"DELETE {items(door)[0].reference}")
    say("4")

    assert [item.hidden_at is None for item in items(door)] == [False, True]
    assert items(door)[1].service == "other"


def test_words_after_delete_go_to_an_item_that_can_be_seen(door, say):
    say("The ward was cold")
    say(f"DELETE {items(door)[0].reference}")
    say("Another day, another ward")

    assert door.bodies(items(door)[1]) == ["Another day, another ward"]
    assert items(door)[1].hidden_at is None


def test_for_a_reference_of_somebody_else_the_reply_is_the_same_and_nothing_happens(door, say):
    say("The ward was cold")
    ours = items(door)[0]
    with door.database.writing() as session:
        session.add(other := Caller(joined="x", number=b"", reachable=True, first_seen=door.now))
        session.flush()
        session.get(Feedback, ours.id).caller_id = other.id

    assert say(f"DELETE {ours.reference}") == say("DELETE 2222-222") == say("DELETE A0A0-111")
    assert items(door)[0].hidden_at is None


def test_an_urgent_item_is_not_hidden_but_shown_to_the_lead(door, say):
    say("I want to die")
    assert "trained person decides" in say("DELETE")

    assert items(door)[0].hidden_at is None
    assert items(door)[0].erasure_asked_at is not None


# --- a death


def test_nobody_is_asked_to_rate_a_death(door, say):
    say("My nan died on ward 6")
    assert say("2").startswith("Hospital. Who was the care for?")
    say("2")

    assert (items(door)[0].rating, items(door)[0].about) == (None, "someone_else")


def test_a_death_told_later_takes_the_rating_back(door, say):
    for body in ("The ward was cold", "2"):
        say(body)

    assert "Who was the care for" in say("she passed away there")


# --- who cannot be answered


@pytest.mark.parametrize("sender", ["85258", "NHSnoreply", "60777"])
def test_a_short_code_is_kept_and_never_answered(sqlite_line, sender):
    replies = [sqlite_line.text(body, frm=sender) for body in ("Win a prize", "STOP", "2", "HELP")]

    assert replies == [None] * 4
    assert sqlite_line.items()[0].texts[0].body == "Win a prize"


def test_two_phones_and_two_lines_are_not_mixed(sqlite_line):
    sqlite_line.text("The ward was cold")
    sqlite_line.text("The dentist was kind", frm="+447700900999")
    sqlite_line.text("2")

    assert [item.service for item in sqlite_line.items()] == ["hospital", None]
    assert len({item.caller_id for item in sqlite_line.items()}) == 2


def test_a_picture_is_only_acknowledged(sqlite_line):
    answer = sqlite_line.post(
        "/sms", MessageSid="MM1", From="+447700900123", To="+441214960000", Body="", NumMedia="1"
    )

    assert "cannot see pictures" in answer.text
    assert sqlite_line.items() == []


def test_a_place_in_the_conversation_is_kept_whole(door, say):
    """What is stored is what is read back: moments, marks and all."""
    for body in ("My nan died", "I want to die"):
        say(body)

    state = door.rows(Conversation)[0].state
    assert (state["place"], state["signals"], state["asked_again"]) == ("held", ["death"], False)
    assert state["crisis_at"] == door.now.isoformat()


def test_that_we_may_text_can_be_taken_back(door, say):
    for body in ("The ward was cold", "2 5 1 1"):
        say(body)

    assert "will not text or ring you" in say("please dont text me")
    assert door.rows(Feedback)[0].contact is False


def test_a_text_in_another_language_is_seen_before_what_has_no_tier(door, say):
    say("The ward was cold")
    door.later(days=2)
    body = {"Body": "Lekarz był bardzo miły"}
    came = door.arrival("text", "SMx", "", MessageSid="SMx", From=CALLER, To=NUMBER, **body)
    door.let_in(replace(came, reasons=[OTHER_LANGUAGE]), text_intake.take)

    english, polish = items(door)
    assert (polish.tier, polish.tier_reasons) == (None, [OTHER_LANGUAGE])
    assert polish.rank < english.rank
