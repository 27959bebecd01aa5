"""Coded, and not finished: somebody waits for advice, or a service for its praise."""

from datetime import timedelta

from handlers.desk.words import reference
from store.history import Event
from store.models import Feedback, Status
from tests.hear_and_code.conftest import NOW, item_of, path, save, seated
from triage.owed import answered


def event(what, kind="deed", at=NOW, to="", key=None):
    return Event(kind, 1, at, "Sam", what, to, "", "", None, None, key, None)


def test_whoever_asked_for_advice_is_not_closed_before_anybody_answered(both):
    item = both.item("please ring me back", purpose="advice", contact=True)
    other = both.item("next")
    sitting = seated(both)
    assert "Save and finish" not in sitting.get(path(item)).text
    assert save(sitting, item, "next").location == f"{path(other)}#begin"
    assert "until somebody texts them" in sitting.get(path(other)).text
    now = item_of(both, item)
    assert (now.status, now.coded_at is None, now.held_by) == (Status.NEW, False, None)
    assert save(sitting, item, "finish").location == f"{path(item)}#coding"
    assert item_of(both, item).status is Status.NEW


def test_advice_is_finished_once_it_is_said_what_became_of_it(both):
    item, sitting = both.item("x", purpose="advice"), seated(both)
    sitting.post(f"{path(item)}/outcome", outcome="advised", seen="new")
    assert "Save and finish" in sitting.get(path(item)).text
    save(sitting, item, "finish")
    assert item_of(both, item).status is Status.FINISHED


def test_praise_stays_open_until_a_service_has_had_it(both):
    both.item("cold food")
    item, sitting = both.item("Ann was kind", minutes=9), seated(both)
    save(sitting, item, "next", sentiment="positive")
    assert "Praise to pass on" in sitting.get("/praise").text
    now = item_of(both, item)
    assert (now.status, now.sentiment) == (Status.NEW, "positive")
    assert reference(item.reference) in sitting.get("/praise").text


def test_a_call_that_nobody_answered_and_a_text_that_failed_are_no_answer():
    item = Feedback(purpose="advice", status=Status.NEW, received_at=NOW)
    assert not answered(
        item,
        [
            event("call", to="no_answer"),
            event("number"),
            event("reply", key="a"),
            event("failed", kind="text", key="a"),
        ],
    )
    assert answered(item, [event("call", to="spoke")])
    assert answered(item, [event("reply", key="a"), event("sent", kind="text", key="a")])


def test_an_answer_to_what_they_said_before_is_none_to_what_they_say_now():
    item = Feedback(purpose="advice", received_at=NOW, words_at=NOW + timedelta(hours=1))
    assert not answered(item, [event("reply")])
