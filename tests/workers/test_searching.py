"""The clock makes words searchable, and drives erased ones out of the files."""

import time
from pathlib import Path

from store import search
from workers import erasure, searching


def test_texts_and_voices_are_found_once_the_clock_has_been_round(small):
    line, room = small.line, small.room
    line.text("Zanzibar was my nurse")
    small.hear(small.call())
    searching.make_searchable(room)
    with room.database.reading() as session:
        assert len(search.find(session, "zanzibar", 9, None, None).rows) == 1
        heard = [take for item in line.items() for take in item.recordings if take.transcripts]
        said = heard[-1].transcripts[-1].shown.split()[0]
        assert search.find(session, said, 9, None, None).rows


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("heard.db*")).lower()


def test_an_erased_word_is_nowhere_in_the_files(small, tmp_path):
    room = small.room
    for n in range(300):
        small.line.text(f"noise number {n} of many", frm=f"+4477009{n:05}")
    small.line.text("Featherstonehaugh was my nurse")
    searching.make_searchable(room)
    assert b"featherstonehaugh" in everything(tmp_path)
    small.line.text("DELETE")
    small.later(days=8)
    assert erasure.erase_due(room) == 1
    searching.make_searchable(room)
    with room.database.reading() as session:
        assert not search.find(session, "featherstonehaugh", 9, None, None).rows
    assert b"featherstonehaugh" not in everything(tmp_path)


def test_a_turn_whose_time_went_by_with_new_words_leaves_the_erased_to_the_next(small):
    small.line.text("Zanzibar was my nurse")
    searching.make_searchable(small.room)
    small.line.text("DELETE")
    small.later(days=8)
    assert erasure.erase_due(small.room) == 1
    assert searching.drive_out(small.room, time.monotonic()) is False
    assert searching.drive_out(small.room, time.monotonic() + 20) is True
