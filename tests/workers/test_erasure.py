"""What a person asked us to remove is gone after seven days: rows, audio, ledger, Twilio."""

import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import single, talks
from store.arrival_rows import Channel, Conversation, Ledger
from store.copy_rows import TwilioCopy
from store.models import Feedback, Heard, Recording
from store.queue import Bell
from tests.driver import CALLER, NUMBER
from tests.overlap import done_while
from tests.workers.parts import Hanging, spoken
from workers import erasure
from workers.sweep import sweep

SECRET = "Zanzibar Featherstonehaugh was my nurse"


def deleted(back):
    back.line.text(SECRET)
    back.line.text("Mine stays", frm="+447700900999")
    back.line.text("DELETE")


def bodies(back) -> list[str]:
    return [text.body for item in back.line.items() for text in item.texts]


def test_nothing_is_erased_before_seven_days_are_over(back):
    deleted(back)
    back.later(days=6, hours=23)
    assert sweep(back.room, Bell(None)).erased == 0
    assert SECRET in bodies(back)


def test_after_seven_days_the_words_are_gone_and_another_phones_stay(back):
    deleted(back)
    back.later(days=7, minutes=1)
    assert sweep(back.room, Bell(None)).erased == 1
    assert bodies(back) == ["Mine stays"]
    assert sweep(back.room, Bell(None)).erased == 0


def test_keep_undoes_it_in_time(back):
    deleted(back)
    back.line.text("KEEP")
    back.later(days=8)
    assert sweep(back.room, Bell(None)).erased == 0
    assert SECRET in bodies(back)


def test_that_a_phone_is_not_safe_to_text_outlasts_an_item_that_is_erased(back):
    for body in ("My carer hits me", "2", "NEW", "The dentist was kind", "DELETE"):
        back.line.text(body, frm="+447700900321")
    back.later(days=8)
    assert sweep(back.room, Bell(None)).erased == 1
    with back.room.database.reading() as session:
        states = session.scalars(select(Conversation.state)).all()
    assert [state["safe"] for state in states if state.get("safe")] == ["no"]


def ledger(back) -> str:
    with back.room.database.reading() as session:
        return "\n".join(back.room.seal.open(row.fields) for row in session.scalars(select(Ledger)))


def test_the_ledger_keeps_that_something_came_and_not_what(back):
    deleted(back)
    assert SECRET.replace(" ", "") in ledger(back).replace(" ", "")
    back.later(days=8)
    sweep(back.room, Bell(None))
    assert "Featherstonehaugh" not in ledger(back)
    assert "Mine stays" in ledger(back)


def test_twilios_copy_of_the_text_is_asked_to_go(back):
    deleted(back)
    sid = back.line.items()[-2].texts[0].sid
    back.later(days=8)
    sweep(back.room, Bell(None))
    with back.room.database.reading() as session:
        assert sid in session.scalars(select(TwilioCopy.sid)).all()


def test_a_voice_goes_with_its_file_its_call_and_its_place_in_the_ledger(back):
    sid = back.call()
    back.hear(sid)
    back.line.text("DELETE")
    back.later(days=8)
    sweep(back.room, Bell(None))
    assert back.sids() == [back.noise]
    assert list(back.room.recordings.keys(9)) == []
    assert sid not in ledger(back)


def test_a_call_in_which_only_keys_were_pressed_leaves_no_number(small):
    call = small.line.ring(frm="+447700900777")
    call.press("1", "2", "1")
    call.hang_up()
    small.line.text("DELETE", frm="+447700900777")
    with small.room.database.reading() as session:
        key = session.scalars(select(Conversation.key).where(Conversation.key == call.sid)).one()
    small.later(days=8)
    assert sweep(small.room, Bell(None)).erased == 1
    with small.room.database.reading() as session:
        rows = session.scalars(select(Ledger).where(Ledger.sid == key)).all()
    assert rows
    assert {small.room.seal.open(row.fields) for row in rows} == {"[]"}


def test_an_item_whose_audio_is_out_of_reach_waits_and_keeps_no_other_back(small):
    sid = small.call()
    small.hear(sid)
    small.line.text("DELETE")
    small.line.text(SECRET, frm="+447700900777")
    small.line.text("DELETE", frm="+447700900777")
    folder = Path(small.line.environ["RECORDINGS_URL"].removeprefix("file://"))
    month = next(folder.glob("*/*"))
    shutil.rmtree(month)
    month.write_text("a file where the folder should be")
    small.later(days=8)
    assert erasure.erase_due(small.room) == 1
    assert small.sids() == [sid]
    month.unlink()
    assert erasure.erase_due(small.room) == 1


def test_while_the_place_of_audio_hangs_a_sweep_waits_for_it_once(small):
    for phone in ("+447700900771", "+447700900772", "+447700900773"):
        small.hear(small.call(frm=phone))
        small.line.text("DELETE", frm=phone)
    small.later(days=8)
    small.furnish(recordings=Hanging(small.line.environ["RECORDINGS_URL"], small.room.seal))
    assert erasure.erase_due(small.room) == 0
    assert small.room.recordings.asked == 1


def test_erased_words_are_nowhere_in_the_database_file_once_it_is_compacted(small, tmp_path):
    deleted(small)
    sid = small.call()
    small.hear(sid)
    small.later(days=8)
    sweep(small.room, Bell(None))
    small.room.database.engine.dispose()
    with sqlite3.connect(tmp_path / "heard.db") as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file.execute("VACUUM")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Featherstonehaugh" not in everything
    assert spoken("the nurse was kind")[:12] not in everything


def due_at_once(back) -> int:
    """An item that its person is still texting about, and whose time has come."""
    back.line.text(SECRET)
    back.line.text("Mine stays", frm="+447700900999")
    with back.room.database.writing() as session:
        item = session.scalars(select(Feedback).order_by(Feedback.id.desc()).offset(1)).first()
        item.erase_at = back.room.now()
    return item.id


def erased_while(back, first, then) -> int:
    """How many are erased while somebody else locks one thing, and then another."""
    return done_while(back.room.database, first, then, partial(erasure.erase_due, back.room))


def locks(back, item: int) -> tuple[Callable[[Session], object], Callable[[Session], object]]:
    key = talks.key(back.room.seal.join(CALLER), NUMBER)
    return (
        lambda session: talks.found(session, Channel.TEXT, key),
        lambda session: single.row(session, Feedback, item, lock=True),
    )


def test_who_texts_while_their_item_is_erased_does_not_wait_for_what_waits_for_them(back):
    thread, item = locks(back, due_at_once(back))
    assert erased_while(back, thread, item) == 1
    assert SECRET not in bodies(back)


def test_words_that_land_while_their_item_is_erased_do_not_wait_for_what_waits_for_them(back):
    take = back.take(back.call())
    _, item = locks(back, take.feedback_id)
    heard = done_while(
        back.room.database,
        item,
        lambda session: single.row(session, Recording, take.id, lock=True),
        partial(back.hear, take.sid),
        2,
    )
    assert heard.state is Heard.WORDS


def test_an_erasure_that_is_broken_off_for_somebody_else_waits_for_the_next_sweep(back):
    thread, item = locks(back, due_at_once(back))
    sweeping = erased_while(back, item, thread)
    assert sweeping + erasure.erase_due(back.room) == 1
    assert SECRET not in bodies(back)
