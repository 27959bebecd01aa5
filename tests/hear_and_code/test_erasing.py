"""What people wrote while hearing and coding goes with the item; that it was coded stays."""

import json

from store.coding_rows import Coding, Correction
from store.models import Feedback
from tests.hear_and_code.conftest import Desk, call, item_of, saves, seated
from tests.hear_and_code.test_coding import save
from tests.hear_and_code.test_correcting import correct
from tests.workers.conftest import BackRoom, model, twilio  # noqa: F401 (fixtures)
from workers import erasure

SECRET = "Featherstonehaugh"


def test_an_erased_item_leaves_no_word_of_its_corrections_and_coding(line, twilio, model):  # noqa: F811
    desk, back = Desk(line), BackRoom(line, twilio, model)
    sitting = seated(desk)
    item, take = call(desk)
    noise, other = call(desk)
    for each, sound in ((item, take), (noise, other)):
        correct(sitting, each, sound, f"Nurse {SECRET} was kind", "0")
        save(sitting, each, place=SECRET, provider=SECRET, happened=SECRET, themes=["food"])
    with desk.line.house.database.writing() as session:
        session.get_one(Feedback, item.id).erase_at = back.room.now()
    assert erasure.erase_due(back.room) == 1
    assert [row.recording_id for row in saves(desk, Correction)] == [other.id]
    mine, theirs = saves(desk, Coding)
    assert SECRET not in json.dumps([mine.coded, mine.offered, mine.taken])
    assert (mine.coded["sentiment"], theirs.coded["place"]) == ("mixed", SECRET)
    now = item_of(desk, item)
    assert (now.place, now.provider, now.happened, now.given) == (None, None, None, None)
    assert (now.sentiment, now.themes) == ("mixed", ["food"])
