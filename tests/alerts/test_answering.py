"""Saying "I have it": by text, by the link's button, at the desk. And what is no such answer."""

import re
from datetime import UTC, datetime

import pytest

from store import alert_desk, desk, staff
from store.alert_rows import Why
from tests.alerts.conftest import ANN, BOB, LEA, PEOPLE, R1, R2
from tests.desk.conftest import Desk, Seat, seated

NOISE = 1  # the item that is there before
AT_LENGTH = "My own mother lay in a corridor of the hospital for nine hours on Sunday"


def alarm(duty, words=R1, frm="+447700900123"):
    """Words of crisis, and the first who is told of them."""
    duty.say(words, frm=frm)
    duty.goes_on()
    return duty.item()


def shown(item):
    return f"{item.reference[:4]}-{item.reference[4:]}"


@pytest.mark.parametrize(
    "said",
    [
        *("OK", " I'm on it ", "1", "👍", "Okay, thanks", "I've got it", "yep", "👍🏻", "OK 👍"),
        *("ok cheers", "OK x", "ok ta", "got it thanks", "have it", "I have got it", "will do"),
        *("On my way", "ok ill look", "Ok will look now", "Yes I have it xx"),
    ],
)
def test_a_short_yes_by_text_acknowledges(small, said):
    item = alarm(small)
    answer = small.say(said, frm=ANN)

    assert small.alerts()[0].acknowledged_by == "Ann"
    assert answer.words == f"Thank you: you have {shown(item)}."
    assert len(small.line.items()) == NOISE + 1


def test_nobody_else_is_told_once_somebody_has_it(small):
    alarm(small)
    small.say("OK", frm=ANN)
    small.pass_by(25, 5)

    assert small.texted() == [ANN]


def test_two_items_take_two_answers(small):
    first, second = alarm(small), alarm(small, frm="+447700900888")
    words = small.say("OK", frm=ANN).words
    assert [bool(a.acknowledged_at) for a in small.alerts()] == [True, False]
    assert shown(first) in words
    assert shown(second) in words
    small.say("OK", frm=ANN)

    assert all(a.acknowledged_at for a in small.alerts())


def test_a_reference_picks_the_item(small):
    _, second = alarm(small), alarm(small, frm="+447700900888")
    small.say(f"ok {shown(second).lower()}", frm=ANN)

    assert [bool(a.acknowledged_at) for a in small.alerts()] == [False, True]


@pytest.fixture
def many(small):
    """Seven people in danger, and one lead who was told of each again and again: (line, items)."""
    small.rota({name: value for name, value in PEOPLE[2].items() if name != "email"})
    items = [alarm(small, frm=f"+4477009008{number:02}") for number in range(7)]
    small.pass_by(300, 10)
    return small, items


def test_the_oldest_of_many_is_taken_first_and_all_the_others_are_counted(many):
    duty, items = many
    words = duty.say("OK", frm=LEA).words

    next_one = f"next {shown(items[1])}: reply OK again for it."
    assert words == f"Thank you: you have {shown(items[0])}. 6 more not taken yet, {next_one}"


@pytest.mark.parametrize("said", ["ok {}", "OK {}, thanks", "got it {}"])
def test_a_reference_picks_any_of_many(many, said):
    duty, items = many
    words = duty.say(said.format(shown(items[0])), frm=LEA).words

    assert words.startswith(f"Thank you: you have {shown(items[0])}. 6 more")
    assert len(duty.line.items()) == NOISE + 7


def test_a_mistyped_reference_takes_nothing_and_says_so(many):
    duty, items = many
    words = duty.say("OK 2222-222", frm=LEA).words

    assert f"Not taken yet: {shown(items[0])}. Reply OK if you have it. 6 more" in words
    assert all(alert.acknowledged_at is None for alert in duty.alerts())


def test_a_reference_picks_the_words_of_crisis_that_overtook_words_of_abuse(small):
    item = alarm(small, R2)
    alarm(small)
    words = small.say(f"OK {shown(item)}", frm=ANN).words

    assert words == f"Thank you: you have {shown(item)}."
    assert small.alerts()[1].acknowledged_by == "Ann"


def test_a_strangers_ok_is_no_answer(small):
    alarm(small)
    small.say("OK", frm="+447700900777")
    small.say("OK", frm=LEA)  # on the rota, and not told of it yet

    assert small.alerts()[0].acknowledged_at is None


@pytest.mark.parametrize("said", ["ok but the nurse was rude", "no"])
def test_what_is_clearly_something_else_is_feedback(small, said):
    alarm(small)
    small.say(said, frm=ANN)

    assert small.alerts()[0].acknowledged_at is None
    assert small.item().texts[0].body == said


@pytest.mark.parametrize(
    "said", ["seen", "no", "cant tonight sorry", "ok but the nurse was rude", "hello"]
)
def test_a_short_text_that_takes_nothing_hears_that_nothing_is_taken(small, said):
    """At three in the morning nobody is to think that they have it, and sleep on."""
    item = alarm(small)
    answer = small.say(said, frm=ANN)

    taken = f"Not taken yet: {shown(item)}. Reply OK if you have it."
    assert answer.words == f"Thank you, we have that. {taken}"
    assert small.alerts()[0].acknowledged_at is None
    small.say("OK", frm=ANN)
    assert small.alerts()[0].acknowledged_by == "Ann"


def test_a_short_text_of_a_colleague_is_kept_and_no_question_is_open_after_it(small):
    alarm(small)
    small.say("ok but the nurse was rude", frm=ANN)
    small.say("1", frm=ANN)

    assert [text.body for text in small.item().texts] == ["ok but the nurse was rude"]
    assert small.alerts()[0].acknowledged_by == "Ann"


def test_what_a_colleague_tells_at_length_is_feedback_with_its_question(small):
    alarm(small)
    answer = small.say(AT_LENGTH, frm=ANN)

    assert "Which service" in answer.words
    assert small.item().texts[0].body == AT_LENGTH


@pytest.mark.parametrize("said", ["STOP", "HELP", "the carer hits my mum"])
def test_a_keyword_or_words_of_abuse_by_a_colleague_have_their_own_answer(small, said):
    alarm(small)
    answer = small.say(said, frm=ANN)

    assert "Not taken yet" not in (answer.words or "")


def test_words_of_crisis_of_a_colleague_are_words_of_crisis(small):
    alarm(small)
    small.say(R1, frm=ANN)

    assert [a.acknowledged_at for a in small.alerts()] == [None, None]


def test_ok_without_an_alert_is_like_anybodys_ok(small):
    answer = small.say("OK", frm=ANN)

    assert len(small.line.items()) == NOISE
    assert "in your own words" in answer.words


def test_a_colleague_who_is_a_caller_answers_the_question_asked_last(small):
    alarm(small)
    small.later(minutes=1)
    small.say(AT_LENGTH, frm=ANN)
    small.say("1", frm=ANN)
    assert small.item().service == "gp"
    assert small.alerts()[0].acknowledged_at is None
    small.say("OK", frm=ANN)

    assert small.alerts()[0].acknowledged_by == "Ann"


def test_a_colleague_who_was_asked_before_answers_the_alert(small):
    small.say("My own GP was kind", frm=ANN)
    small.later(minutes=1)
    alarm(small)
    small.say("1", frm=ANN)

    assert small.alerts()[0].acknowledged_by == "Ann"


def test_a_late_ok_hears_that_somebody_has_it(small):
    item = alarm(small)
    small.pass_by(11)
    small.say("OK", frm=BOB)

    assert small.say("OK", frm=ANN).words == f"Thank you: somebody has {shown(item)}."
    assert small.alerts()[0].acknowledged_by == "Bob"


def test_an_ok_that_no_webhook_brought_counts_without_a_reply(small):
    alarm(small)
    small.later(minutes=90)
    small.text("OK", frm=ANN, minutes=80)
    small.catch_up()

    assert small.alerts()[0].acknowledged_by == "Ann"
    assert not any("Thank you" in row.body for row in small.messages_out())


def test_a_repeated_ok_gets_the_same_answer(small):
    alarm(small)
    alarm(small, frm="+447700900888")
    sid = "SM" + "8" * 32

    assert small.say("OK", frm=ANN, sid=sid).body == small.say("OK", frm=ANN, sid=sid).body
    assert [bool(a.acknowledged_at) for a in small.alerts()] == [True, False]


def test_an_ok_that_waited_at_twilio_takes_nothing_that_was_told_after_it(small):
    alarm(small)
    small.say("OK", frm=ANN)
    small.later(hours=1)
    small.text("OK", frm=ANN, minutes=30)
    alarm(small, frm="+447700900888")
    small.catch_up()

    assert [bool(a.acknowledged_at) for a in small.alerts()] == [True, False]


def test_ok_to_words_of_abuse_that_became_words_of_crisis_says_that_nobody_has_it(small):
    item = alarm(small, R2)
    small.say(R1)
    words = small.say("OK", frm=ANN).words

    assert words == f"Thank you. There is a newer alert for {shown(item)}: answer that one."
    assert small.alerts()[1].acknowledged_at is None


# --- the link


def link(duty):
    found = re.search(r"https://line.example.org(/alerts/\S+)", duty.mail.letters[0])
    return found[1]


def test_opening_the_link_acknowledges_nothing(small):
    alarm(small)
    page = small.line.client.get(link(small))

    assert page.status_code == 200
    assert "I have it" in page.text
    assert small.alerts()[0].acknowledged_at is None


def test_the_button_acknowledges(duty):
    alarm(duty)
    duty.line.app.config["WTF_CSRF_ENABLED"] = False
    page = duty.line.client.post(link(duty), follow_redirects=True)

    assert "You have had it since" in page.text
    assert (duty.alerts()[0].acknowledged_by, duty.alerts()[0].how) == ("Ann", "link")


def test_the_button_needs_its_form(small):
    alarm(small)

    assert small.line.client.post(link(small)).status_code == 400
    assert small.alerts()[0].acknowledged_at is None


def test_the_page_shows_nothing_of_the_item(small):
    item = alarm(small)
    page = small.line.client.get(link(small)).text

    assert shown(item) in page
    read = re.sub(r"[\w.-]{22,}", "", page)  # a form's random signs may spell a name
    assert not any(said in read for said in ("kill", "7700900", "Ann"))


def test_a_link_that_nobody_was_sent_is_nothing(small):
    alarm(small)

    assert small.line.client.get("/alerts/AAAAAAAAAAAAAAAAAAAAAA").status_code == 404


def test_no_number_or_token_of_another_is_in_a_link(small):
    alarm(small)
    tokens = {message.token for message in small.messages()}

    assert len(tokens) == 2
    assert all(len(token) >= 22 for token in tokens)
    assert not any("7700900" in body for body in (*small.sent(), *small.mail.letters))


# --- the desk


def test_a_lead_opening_the_item_acknowledges(duty):
    item = alarm(duty)
    _opened(duty, item, "Sam", "lead")

    assert (duty.alerts()[0].acknowledged_by, duty.alerts()[0].how) == ("Sam", "desk")


def test_a_triager_opening_the_item_does_not(small):
    item = alarm(small)
    _opened(small, item, "Sam", "triager")

    assert small.alerts()[0].acknowledged_at is None


def test_somebody_on_the_rota_opening_the_item_acknowledges(small):
    item = alarm(small)
    _opened(small, item, "Bob", "triager")

    assert small.alerts()[0].acknowledged_by == "Bob"


def test_a_lead_who_opens_it_after_a_triager_acknowledges(small):
    small.at = datetime.now(UTC)
    item, here = alarm(small), Desk(small.line)
    for name, role in (("Sam", staff.Role.TRIAGER), ("Lea", staff.Role.LEAD)):
        seated(here, role, name).get(f"/feedback/{shown(item)}?show=1")

    assert (small.alerts()[0].acknowledged_by, small.alerts()[0].how) == ("Lea", "desk")


def test_a_lead_who_only_sees_the_warning_does_not(small):
    small.at = datetime.now(UTC)
    item = alarm(small)
    seated(Desk(small.line), staff.Role.LEAD, "Lea").get(f"/feedback/{shown(item)}")

    assert small.alerts()[0].acknowledged_at is None


def test_a_lead_who_opens_it_again_has_the_reply_that_did_not_arrive(small):
    small.at = datetime.now(UTC)
    item, lead = alarm(small), seated(Desk(small.line), staff.Role.LEAD, "Lea")
    lead.get(f"/feedback/{shown(item)}?show=1")
    sid = small.item().texts[0].sid
    small.line.post(f"/sms/status/{sid}", MessageSid="SM" + "9" * 32, MessageStatus="undelivered")
    assert [a.why for a in small.alerts() if a.acknowledged_at is None] == [Why.UNANSWERED]
    lead.get(f"/feedback/{shown(item)}?show=1")

    assert all(a.acknowledged_at for a in small.alerts())


def test_what_came_after_the_page_was_read_is_not_theirs(small):
    item = alarm(small, R2)
    with small.room.database.reading() as session:
        _, last, _ = desk.opened(session, item.reference)
    small.say(R1)
    with small.room.database.writing() as session:
        alert_desk.opened(session, item.id, last, "Lea", small.at)

    assert [(a.why, a.acknowledged_by) for a in small.alerts()] == [(Why.R2, None), (Why.R1, None)]


def test_words_of_crisis_that_no_webhook_brought_were_not_seen_by_who_looked_before(small):
    """They were said, then somebody opened the item without them, then they were found."""
    small.say("The ward was loud")
    item = small.item()
    small.later(minutes=30)
    small.text(R1, minutes=20)
    _opened(small, item, "Lea", "lead")
    small.later(minutes=10)
    small.catch_up()
    small.goes_on()

    assert (small.texted(), small.alerts()[0].acknowledged_at) == ([ANN], None)


def test_an_item_opened_before_is_still_called_for(small):
    item = alarm(small, R2)
    _opened(small, item, "Sam", "lead")
    small.later(minutes=1)
    small.say(R1)
    small.goes_on()

    assert [(a.why, bool(a.acknowledged_at)) for a in small.alerts()] == [
        (Why.R2, True),
        (Why.R1, False),
    ]


def _opened(duty, item, name, role):
    """Somebody reads the item at the desk, past its warning."""
    seat = Seat(duty.line)
    if seat.sign_in(name).status_code != 302:
        seat = seated(Desk(duty.line), staff.Role(role), name)
    assert seat.get(f"/feedback/{shown(item)}?show=1").status_code == 200
