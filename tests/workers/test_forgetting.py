"""Phones are forgotten a few at a time: a Twilio that is away holds up one sweep only once."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from store.arrival_rows import Caller
from workers import forgetting
from workers.carrier import TwilioAway


@pytest.fixture
def asked(small, monkeypatch):
    """Ten phones to forget, and of which Twilio was asked."""
    for number in range(10):
        small.line.text("The ward was loud", frm=f"+4477009011{number:02}")
    with small.room.database.writing() as session:
        session.execute(update(Caller).values(forget_at=small.room.now() - timedelta(days=1)))
    found = []
    monkeypatch.setattr(
        forgetting, "_at_twilio", lambda _, caller, __: found.append(caller.id) or []
    )
    return found


def troubles(small):
    with small.room.database.reading() as session:
        return [why for why in session.scalars(select(Caller.trouble)) if why]


def test_a_sweep_forgets_a_few_phones_and_the_next_one_goes_on(small, asked):
    assert forgetting.forget_due(small.room) == forgetting.AT_MOST
    assert forgetting.forget_due(small.room) == forgetting.AT_MOST
    assert len(set(asked)) == 10


def test_while_twilio_is_away_a_sweep_asks_it_of_one_phone(small, asked, monkeypatch):
    def away(room, caller, until):
        asked.append(caller.id)
        raise TwilioAway("Twilio hangs")

    monkeypatch.setattr(forgetting, "_at_twilio", away)

    assert forgetting.forget_due(small.room) == 0
    assert (len(asked), troubles(small)) == (1, ["Twilio hangs."])
    forgetting.forget_due(small.room)
    assert len(set(asked)) == 2  # the first one waits its ten minutes
