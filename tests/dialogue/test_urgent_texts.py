"""Words of abuse and crisis over hours and days, on rows: what is asked, kept, and never said."""

import pytest

from dialogue import items, text_intake
from dialogue.thread import Thread, restored
from store.alert_rows import Alert
from store.alerts import Why
from store.models import Feedback, Kind, Text
from tests.dialogue.doorstep import NUMBER

ABUSE, CRISIS = "My carer hits me", "I want to die"
LONG = "and she took my bank card when my daughter was away and nobody at the agency listens to me"
SAFE = "Is this phone safe for us to text? Reply 1 Yes 2 No"


@pytest.fixture
def say(door):
    """Text the line; each text a minute after the last. The reply, or None."""

    def text(body, **pause):
        door.later(**(pause or {"minutes": 1}))
        return next(iter(door.text(f"SM{len(door.rows(Text))}{door.now:%d%H%M}", body)), None)

    return text


def item(door):
    (only,) = door.rows(Feedback)
    return only


def test_words_of_abuse_bring_a_reply_that_reveals_nothing(door, say):
    reply = say(ABUSE)

    assert reply.endswith(SAFE)
    assert not any(word in reply.lower() for word in ("carer", "hit", "abuse", "samaritans", "ref"))
    assert (item(door).tier, item(door).safe, item(door).contact) == ("R2", None, None)


@pytest.mark.parametrize(
    ("answer", "safe", "said"),
    [
        ("1", True, "we may text you"),
        ("Yes it is", True, "we may text you"),
        ("2", False, "will not text back"),
        ("not safe", False, "will not text back"),
    ],
)
def test_whether_texting_is_safe_is_kept_and_kind_words_come_back(door, say, answer, safe, said):
    say(ABUSE)

    assert said in say(answer)
    assert (item(door).safe, item(door).contact, item(door).complete) == (safe, None, True)
    assert [(t.kind, t.question) for t in door.rows(Text)][1] == (Kind.ANSWER, "safe")


def test_more_words_are_kept_and_the_question_stays_open(door, say):
    say(ABUSE)

    assert "A person will read it" in say(LONG)
    assert say("and it is every night") is None
    assert "we may text you" in say("1", hours=20)
    assert len(door.rows(Text)) == 4


def test_whether_texting_is_safe_can_be_answered_days_later_on_the_same_item(door, say):
    say(ABUSE)

    assert "will not text back" in say("2", days=3)
    assert (item(door).safe, len(door.rows(Text))) == (False, 2)


def test_days_later_other_words_open_an_item_of_their_own(door, say):
    say(ABUSE)

    assert "Which service" in say("The dentist was kind", days=3)
    assert [found.tier for found in door.rows(Feedback)] == ["R2", None]


def test_to_a_phone_that_is_not_safe_only_words_of_crisis_are_answered(door, say):
    for body in (ABUSE, "2"):
        say(body)

    assert say(LONG) is None
    assert say(LONG, hours=2) is None
    assert say(ABUSE, hours=2) is None
    assert say(CRISIS).startswith("You matter")


def test_a_phone_that_is_not_safe_is_not_texted_back_days_later_either(door, say):
    for body in (ABUSE, "2"):
        say(body)

    later = ["The dentist was kind", "4", "My tooth is fine now"]
    assert [say(body, days=3) for body in later] == [None] * 3
    found = [(one.tier, one.safe, one.service, one.complete) for one in door.rows(Feedback)]
    assert found == [("R2", False, None, True)] + [(None, False, None, True)] * 3
    assert [(text.kind, text.question) for text in door.rows(Text)][2:] == [(Kind.WORDS, None)] * 3


def test_a_greeting_or_picture_from_a_phone_that_is_not_safe_opens_nothing(door, say):
    for body in (ABUSE, "2"):
        say(body)

    assert [say(body, days=3) for body in ("hello", " ")] == [None, None]
    assert len(door.rows(Feedback)) == 1


def test_new_and_abuse_told_again_days_later_bring_no_reply_there(door, say):
    for body in (ABUSE, "2"):
        say(body)

    assert [say(body, days=3) for body in ("NEW", ABUSE)] == [None, None]
    assert [(one.tier, one.safe) for one in door.rows(Feedback)] == [("R2", False)] * 2


def test_words_of_crisis_are_answered_there_days_later_too(door, say):
    for body in (ABUSE, "2"):
        say(body)

    assert say(CRISIS, days=3).startswith("You matter")
    assert [(one.tier, one.safe) for one in door.rows(Feedback)] == [("R2", False), ("R1", False)]


CRIES = ["please stop texting me i want to die", "if you dont ring me back ill kill myself"]
CRIES += ["if they dont ring me back today ill b dead by the weekend, got it all planned out"]


@pytest.mark.parametrize("body", CRIES)
def test_a_cry_with_words_of_not_texting_or_ringing_is_answered_there_too(door, say, body):
    for said in (ABUSE, "2"):
        say(said)

    assert say(body).startswith("You matter")


def test_who_only_asks_there_for_no_texts_as_he_is_back_hears_nothing(door, say):
    for said in (ABUSE, "2"):
        say(said)

    assert say("please dont text me he is back") is None


def test_who_texts_start_gets_texts_again(door, say):
    for body in (ABUSE, "2", "START"):
        say(body)

    assert "Which service" in say("The dentist was kind", days=3)


@pytest.mark.parametrize("body", ["No, it's not safe, he reads my texts", "no not safe he is here"])
def test_a_no_with_its_reason_is_kept_as_words_and_believed(door, say, body):
    say(ABUSE)

    assert "will not text back" in say(body)
    assert say("He hit me again", hours=2) is None
    assert item(door).safe is False
    assert door.rows(Text)[1].kind == Kind.WORDS


TAKEN_BACK = ["2", "no sorry I meant no", "its not safe actually, he is back", "it is not safe"]


@pytest.mark.parametrize("body", TAKEN_BACK)
def test_a_yes_can_be_taken_back(door, say, body):
    for said in (ABUSE, "1"):
        say(said)

    assert "will not text back" in say(body)
    assert item(door).safe is False


def test_no_texts_said_beside_the_questions_closes_them_and_is_kept(door, say):
    for body in ("The food was cold", "please dont text me"):
        say(body)

    assert (item(door).contact, item(door).complete) == (False, True)
    assert "Which service" not in say("3")


def test_a_no_with_its_reason_to_being_texted_is_no_more_feedback(door, say):
    for body in ("The food was cold", "3 5 2"):
        say(body)

    assert "will not text or ring you" in say("No, he reads it")
    assert item(door).contact is False


def test_no_texts_in_the_first_words_is_heard_before_anything_is_asked(door, say):
    assert "will not text or ring you" in say("The food was cold. Please dont text me")
    assert (item(door).contact, item(door).complete) == (False, True)


def test_help_is_named_beside_a_no_once_an_hour_as_ever(door, say):
    for body in (ABUSE, CRISIS):
        say(body)

    assert "will not text back" in say("No. I want to die")
    assert say(CRISIS, minutes=5) is None
    assert say(CRISIS, hours=1).startswith("You matter")


def test_a_no_is_believed_over_what_staff_wrote_meanwhile():
    one = Feedback(safe=True, given={"safe": None})
    items.give(one, {"safe": "no"})
    assert (one.safe, one.given) == (False, {"safe": False})


def test_after_new_the_question_whether_the_phone_is_safe_is_still_answered(door, say):
    for body in (ABUSE, "NEW"):
        say(body)

    assert "will not text back" in say("No")
    assert item(door).safe is False


def test_the_neutral_reply_is_given_once_an_hour_and_again_until_it_is_answered(door, say):
    first = say(ABUSE)

    assert "A person will read it" in say("He hit me again")
    assert say("He hit me again", hours=1) == first
    say("1")
    assert SAFE not in (say("He hit me again", hours=2) or "")


@pytest.mark.parametrize(
    ("bodies", "tier"), [([ABUSE, CRISIS], "R1"), ([CRISIS, ABUSE], "R1"), ([ABUSE, ABUSE], "R2")]
)
def test_life_and_abuse_in_one_thread_never_bring_a_survey(door, say, bodies, tier):
    for body in bodies:
        assert "Which service" not in (say(body) or "")
    for body in ("2 5 1", "5", LONG):
        assert "experience of the service" not in (say(body) or "")

    assert item(door).tier == tier
    assert (item(door).service, item(door).rating, item(door).about) == (None, None, None)


def test_new_opens_another_item_and_the_ordinary_conversation(door, say):
    say(ABUSE)
    assert "other service" in say("NEW")
    assert "Which service" in say("The dentist was kind")
    assert "experience of the service" in say("4")

    first, second = door.rows(Feedback)
    assert (first.tier, first.safe, first.service) == ("R2", None, None)
    assert (second.tier, second.service, second.linked_to) == (None, "other", first.id)


def test_abuse_told_again_after_new_is_not_asked_about_twice_within_the_hour(door, say):
    for body in (ABUSE, "NEW"):
        say(body)

    assert SAFE not in say("At the day centre they hit me too")
    assert "we may text you" in say("1")
    assert [found.safe for found in door.rows(Feedback)] == [None, True]


def test_stop_closes_the_question_and_yes_then_means_texts_again(door, say):
    for body in (ABUSE, "STOP"):
        say(body)

    assert "our texts again" in say("YES")
    assert item(door).safe is None


@pytest.mark.parametrize("word", ["HELP", "PRIVACY", "ADVICE", "DELETE"])
def test_keywords_work_while_the_question_is_open(door, say, word):
    say(ABUSE)

    assert say(word)
    assert "we may text you" in say("1")
    assert item(door).hidden_at is None


# --- somebody who cannot be answered


def alerts(door):
    return [alert.why for alert in door.rows(Alert)]


def test_crisis_from_a_phone_that_opted_out_alerts_the_rota_instead(door, say):
    say("The ward was cold")
    say("STOP")

    assert say(CRISIS) is None
    assert say("I will kill myself") is None
    assert alerts(door).count(Why.UNANSWERED) == 1


def test_crisis_from_a_short_code_alerts_the_rota_instead(door):
    fields = {"MessageSid": "SM1", "From": "85258", "To": NUMBER, "Body": CRISIS}

    assert "<Message" not in door.come("text", "SM1", "", text_intake.take, **fields).body
    assert Why.UNANSWERED in alerts(door)


def test_crisis_that_was_answered_calls_for_nobody_on_that_account(door, say):
    say(CRISIS)
    say(CRISIS)

    assert Why.UNANSWERED not in alerts(door)


def test_crisis_beyond_twelve_replies_is_answered_and_so_calls_for_nobody(door, say):
    for n in range(13):
        say(f"number {n} on my list of things")

    assert say(CRISIS).startswith("You matter")
    assert Why.UNANSWERED not in alerts(door)


# --- signals


def test_a_child_hears_of_childline_once_and_the_item_shows_it(door, say):
    replies = [say(body) for body in ("I'm 12 and the ward was cold", "and I'm 12 still", "2 5 1")]

    assert ["0800 1111" in reply for reply in replies] == [True, False, False]
    assert item(door).signals == ["child"]


@pytest.mark.parametrize(
    ("body", "asked"),
    [("im 12 and my mum's boyfriend hits me", SAFE), ("I'm 13 and I want to die", "999")],
)
def test_a_child_in_danger_hears_of_childline_at_once(door, say, body, asked):
    reply = say(body)

    assert "Childline 0800 1111" in reply
    assert asked in reply
    assert item(door).signals == ["child"]


def test_somebody_who_works_there_hears_of_the_regulator_once(door, say):
    replies = [say(body) for body in ("The lift is broken", "3", "2", "3", "1")]

    assert ["03000 616161" in reply for reply in replies] == [False, False, False, True, False]
    assert (item(door).signals, item(door).about, item(door).contact) == (["staff"], "staff", True)


def test_what_staff_say_of_abuse_reveals_nothing_until_the_phone_is_safe(door, say):
    replies = [say(b) for b in ("I work at this home and carers hit residents", "every night", "1")]

    assert ["616161" in reply for reply in replies] == [False, False, True]
    assert item(door).signals == ["staff"]


def test_after_a_death_the_next_reply_is_gentle_once(door, say):
    replies = [say(body) for body in ("My nan died on ward 6", "2", "she died alone", "2")]

    assert ["sorry" in reply for reply in replies] == [True, False, False, False]
    assert item(door).signals == ["death"]


def test_a_death_told_after_the_closing_is_answered_gently(door, say):
    for body in ("The ward was cold", "2 5 1 1"):
        say(body)

    assert "We are very sorry" in say("he died there")


def test_another_item_signals_nothing_of_the_one_before(door, say):
    for body in ("I'm 12 and the ward was cold", "NEW", "The dentist was kind"):
        say(body)

    assert [found.signals for found in door.rows(Feedback)] == [["child"], []]


# --- between versions


def test_a_place_kept_by_another_version_is_read_as_far_as_it_goes():
    assert restored({"place": "held", "grieving": True, "later": [1]}) == Thread("held")
