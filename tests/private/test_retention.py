"""Nothing is kept beyond its time, whatever its state; and nothing on hold goes."""

import tomllib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.dialects import sqlite

from commands.retain import retain as command
from store import holds, kept, rounds
from store.alert_rows import Alert
from store.arrival_rows import Caller, Ledger
from store.copy_rows import TwilioCopy
from store.erasure_rows import Erasure, Way
from store.models import Feedback, Heard, Recording
from tests.commands.conftest import run  # noqa: F401 (fixture)
from tests.conftest import ROOT
from tests.driver import CALLER
from tests.private.conftest import SECRET, at_twilio
from tests.workers.parts import Hanging
from triage.retention import Kind, of_item
from workers import retaining

SHIPPED = tomllib.loads((ROOT / "script" / "line.toml").read_text())["retention"]
DOCUMENTED = (ROOT / "docs" / "privacy.md").read_text()


def voice(trusted, **values) -> str:
    reference = trusted.rings()
    trusted.change(reference, **values)
    return reference


def on_hold(trusted, reference) -> None:
    with trusted.room.database.writing() as session:
        item = session.scalars(select(Feedback).where(Feedback.reference == reference)).one()
        holds.put(session, item, "Lee", "The coroner asked", trusted.at)


def lifted(trusted) -> None:
    with trusted.room.database.writing() as session:
        ((hold, _),) = holds.standing(session, 9)
        holds.lift(hold, "Lee", "The inquest is over", trusted.at)


def ended(trusted, frm: str) -> str:
    """Somebody leaves a message; word of its recording and of the call's end came. Its item."""
    call = trusted.line.ring(frm)
    call.press("0")
    call.speak(key="hangup")
    call.recorded()
    call.hang_up()
    return trusted.line.items()[-1].reference


def takes(trusted, reference) -> Recording:
    return trusted.item(reference).recordings[0]


def test_every_kind_has_its_days_and_stands_in_the_docs():
    assert {kind.value for kind in Kind} == set(SHIPPED)
    for kind, days in SHIPPED.items():
        assert f"| `{kind}` | {days} |" in DOCUMENTED


def test_while_the_place_of_audio_hangs_a_round_waits_for_it_once_and_takes_what_else_is_due(
    trusted,
):
    for _ in range(3):
        voice(trusted)
    trusted.later(days=800)
    hanging = Hanging(trusted.line.environ["RECORDINGS_URL"], trusted.room.seal)
    trusted.room = replace(trusted.room, recordings=hanging)
    done, away = retaining.retain_some(trusted.room)
    assert (bool(done[Kind.LEDGER]), away, hanging.asked) == (True, True, 1)


def test_a_round_takes_what_needs_no_audio_first_and_is_not_over_while_audio_waits(trusted):
    voice(trusted)
    for n in range(6):
        trusted.says("The soup was cold", frm=f"+44770090010{n}")
    trusted.later(days=800)
    there = trusted.room
    hanging = Hanging(trusted.line.environ["RECORDINGS_URL"], there.seal)
    trusted.room = replace(there, recordings=hanging)
    done = [retaining.daily(trusted.room) for _ in range(3)]
    assert [part["words"] for part in done] == [7, 0, 0]  # the neighbour's too
    trusted.room = there
    assert retaining.daily(trusted.room)["words"] == 1
    assert retaining.daily(trusted.room) == {}
    assert retaining.daily(trusted.room) is None


def test_sound_goes_after_its_days_and_the_words_stay(trusted):
    reference = voice(trusted)
    trusted.later(days=89)
    assert "audio" not in retaining.retain(trusted.room)
    trusted.later(days=2)
    assert retaining.retain(trusted.room)["audio"] == 1
    assert list(trusted.room.recordings.keys(9)) == []
    assert takes(trusted, reference).transcripts
    assert takes(trusted, reference).state is Heard.WORDS
    trusted.work(8)
    assert at_twilio(trusted.phone) == []


@pytest.mark.parametrize("state", [s for s in Heard if s is not Heard.WORDS])
def test_a_recording_in_any_state_has_a_way_out(small, state):
    reference = small.rings()
    with small.room.database.writing() as session:
        row = session.scalars(select(Recording)).one()
        row.state, row.due_at = state, small.at if state in ("expected", "stored") else None
    small.later(days=91)
    assert retaining.retain(small.room)["audio"] == 1
    assert takes(small, reference).due_at is None
    assert takes(small, reference).state in (Heard.FAILED, Heard.NO_SPEECH, Heard.UNCLEAR)


def test_checked_sound_goes_sooner(small):
    reference = small.rings()
    with small.room.database.writing() as session:
        session.scalars(select(Recording)).one().checked_at = small.at
    small.later(days=31)
    assert retaining.retain(small.room)["audio_checked"] == 1
    assert takes(small, reference).audio_key is None


def test_finished_items_go_and_a_row_for_the_figures_stays(trusted):
    trusted.says(f"Nurse {SECRET} saw me")
    reference = trusted.line.items()[-1].reference
    trusted.desk_writes(reference)
    trusted.change(
        reference, status="finished", closed_at=trusted.at, decided_at=None, service="gp"
    )
    trusted.later(days=366)
    assert retaining.retain(trusted.room)["closed"] == 1
    trusted.work(8)
    assert SECRET.lower().encode() not in trusted.everything()
    assert trusted.item(reference).service == "gp"
    assert not any("erased" in words for words in trusted.sent())


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({}, 730),
        ({"tier": "R2"}, 1095),
        ({"signals": ["child"]}, 1095),
        ({"outcome": "complaint_signposted"}, 3650),
        ({"outcome": "complaint_signposted", "tier": "R2"}, 3650),
        ({"outcome": "complaint_signposted", "signals": ["child"]}, 3650),
    ],
)
def test_each_kind_of_item_has_its_own_time(small, values, days):
    small.says("The soup was cold", frm="+447700900777")
    reference = small.line.items()[-1].reference
    small.change(reference, **values)
    small.later(days=days - 1)
    retaining.retain(small.room)
    assert small.item(reference).texts
    small.later(days=2)
    retaining.retain(small.room)
    assert small.item(reference).texts == []
    assert {row.way for row in small.rows(Erasure)} == {Way.RETENTION}


def test_a_complaint_about_which_something_was_decided_is_kept_as_a_complaint(small):
    small.says("The soup was cold", frm="+447700900777")
    item = small.line.items()[-1]
    item.outcome, item.decided_at = "complaint_signposted", small.at
    assert of_item(item, small.room.script.line.retention.periods).kind is Kind.COMPLAINT


def test_a_line_that_keeps_safeguarding_longer_than_complaints_keeps_both_so_long(small):
    small.says("The soup was cold", frm="+447700900777")
    item = small.line.items()[-1]
    item.outcome, item.tier = "complaint_signposted", "R2"
    periods = {**small.room.script.line.retention.periods, "complaint": timedelta(days=9)}
    assert of_item(item, periods).kind is Kind.SAFEGUARDING


def test_new_words_begin_an_items_time_anew(small):
    small.says("The soup was cold")
    reference = small.line.items()[-1].reference
    small.change(reference, words_at=small.at)
    small.later(days=700)
    small.change(reference, words_at=small.at)
    small.later(days=100)
    retaining.retain(small.room)
    assert small.item(reference).texts


def test_a_number_goes_after_its_days_and_a_new_contact_puts_it_off(trusted):
    trusted.says("The soup was cold")
    trusted.later(days=91)
    assert retaining.retain(trusted.room)["number"] == 2
    trusted.work(2)
    assert CALLER not in trusted.opened()
    assert trusted.line.items()[-1].caller_id  # the phone's items stay joined, by its hash
    assert at_twilio(trusted.phone) == []
    phone = trusted.rows(Caller)[-1]
    with trusted.room.database.writing() as session:
        row = session.get_one(Caller, phone.id)
        row.number, row.seen_at, row.forgotten_at = b"x", trusted.at, None
    trusted.later(days=89)
    assert "number" not in retaining.retain(trusted.room)


def test_agreed_follow_up_keeps_a_number_longer(small):
    small.says("The soup was cold")
    small.change(small.line.items()[-1].reference, contact=True)
    small.later(days=91)
    assert retaining.retain(small.room)["number"] == 1  # the neighbour's
    small.later(days=280)
    assert retaining.retain(small.room)["number_agreed"] == 1


def test_raw_fields_go_and_what_came_still_comes_once(small):
    sid = small.says("The soup was cold")
    small.later(days=91)
    assert retaining.retain(small.room)["ledger"] == 2
    assert "soup" not in small.opened()
    small.line.text("The soup was cold", sid=sid)
    assert len(small.line.items()) == 2
    assert all(row.blanked_at for row in small.rows(Ledger))


def test_a_hold_stops_everything_until_it_is_lifted(trusted):
    reference = trusted.rings()
    on_hold(trusted, reference)
    trusted.later(days=800)
    retaining.retain(trusted.room)
    trusted.work(2)
    assert takes(trusted, reference).audio_key
    assert takes(trusted, reference).transcripts
    assert CALLER in trusted.opened()
    lifted(trusted)
    retaining.retain(trusted.room)
    assert trusted.item(reference).recordings == []


@pytest.mark.parametrize("frm", [CALLER, "anonymous"])
def test_a_hold_keeps_all_that_a_call_brought_whether_or_not_its_number_came(trusted, frm):
    reference = ended(trusted, frm)
    on_hold(trusted, reference)
    trusted.later(days=91)
    retaining.retain(trusted.room)
    kinds = {row.kind for row in trusted.rows(Ledger) if not row.blanked_at}
    assert kinds == {"call", "recording", "ended"}
    assert "Calls" not in {copy.kind for copy in trusted.rows(TwilioCopy)}


def test_what_a_call_brought_goes_once_its_hold_is_lifted(small):
    on_hold(small, ended(small, "anonymous"))
    small.later(days=91)
    lifted(small)
    retaining.retain(small.room)
    assert all(row.blanked_at for row in small.rows(Ledger))


def test_raw_fields_are_asked_for_by_indexes_alone(small):
    asked = kept.ledger(small.at).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    with small.room.database.engine.connect() as rows:
        plan = [row[3] for row in rows.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    assert [step for step in plan if step.startswith("SCAN")] == []


def test_a_hold_stops_a_number_that_was_about_to_go_until_it_is_lifted(trusted):
    trusted.says("The soup was cold")
    trusted.later(days=91)
    retaining.retain(trusted.room)
    on_hold(trusted, trusted.line.items()[-1].reference)
    assert trusted.rows(Caller)[-1].forget_at is None
    trusted.work(2)
    assert CALLER in trusted.opened()
    lifted(trusted)
    retaining.retain(trusted.room)
    trusted.work(2)
    assert CALLER not in trusted.opened()


def test_a_number_that_falls_due_while_a_hold_stands_waits_for_its_end(small):
    small.says("The soup was cold")
    on_hold(small, small.line.items()[-1].reference)
    with small.room.database.writing() as session:
        session.execute(update(Caller).values(forget_at=small.at))
    small.work(2)
    assert CALLER in small.opened()
    lifted(small)
    small.work(2)
    assert CALLER not in small.opened()


def test_who_was_told_of_an_item_on_hold_stays_known(small):
    small.says("I want to die")
    on_hold(small, small.line.items()[-1].reference)
    small.says("I want to die", frm="+447700900777")
    small.later(days=366)
    retaining.retain(small.room)
    (alert,) = small.rows(Alert)
    assert alert.feedback_id == small.line.items()[-2].id


def test_the_clock_does_it_once_a_day_in_parts(small, monkeypatch):
    monkeypatch.setattr(retaining, "AT_ONCE", 2)
    for n in range(5):
        small.says("The soup was cold", frm=f"+44770090010{n}")
    small.later(days=800)
    done = [retaining.daily(small.room) for _ in range(20)]
    assert sum(part["words"] for part in done if part) == 6
    assert done[-1] is None
    assert retaining.daily(small.room) is None
    with small.room.database.reading() as session:
        assert rounds.RETENTION in rounds.last(session)


def test_the_command_says_what_would_go_and_then_what_went(small, run):  # noqa: F811
    small.says("The soup was cold")
    ahead = run(command, "--dry-run", "--ahead", "91")
    assert "to go in 91 days, number: 2" in ahead.output
    assert "to go in 91 days, ledger: 2" in ahead.output
    assert "nothing is kept beyond its time" in run(command, "--dry-run").output
    assert "nothing is kept beyond its time" in run(command).output
