"""The drill: everything is lost, and a backup and the list of erasures are all there is."""

from sqlalchemy import select

from store import removals
from store.copy_rows import TwilioCopy
from store.erasure_rows import Erasure, Verdict
from store.place import Place
from store.recordings import Recordings
from store.seal import Seal
from tests.backup.conftest import NEWER, OTHERS, WORDS
from tests.conftest import KEY

SOMEBODY = "+447700900777"


def test_a_restored_line_has_every_row_as_it_was(used, elsewhere):
    before = used.rows()
    used.backup()

    elsewhere.restore()

    assert elsewhere.rows() == before
    assert elsewhere.audio() == used.audio()


def test_a_restored_lines_recordings_open_and_are_the_same(sqlite_used, sqlite_elsewhere):
    before = sqlite_used.audio()
    sqlite_used.backup()

    sqlite_elsewhere.restore()

    assert len(before) == 2
    assert sqlite_elsewhere.audio() == before


def test_a_backup_from_after_reseal_needs_no_older_key(sqlite_used, sqlite_elsewhere):
    before, here = sqlite_used.audio(), sqlite_used.line.environ["RECORDINGS_URL"]
    sqlite_used.backup()
    sqlite_used.seal_anew(here)
    assert "recordings: 2 new" in sqlite_used.backup().stderr
    assert "recordings: 0 new" in sqlite_used.backup().stderr
    sqlite_elsewhere.line.environ["SEALING_KEYS"] = NEWER

    sqlite_elsewhere.restore()

    there = Recordings(sqlite_elsewhere.line.environ["RECORDINGS_URL"], Seal([NEWER], KEY))
    assert {key: there.open(key).read() for key in before} == before


def test_a_backup_from_before_reseal_is_whole_still_with_the_older_key(
    sqlite_used, sqlite_elsewhere
):
    before, here = sqlite_used.audio(), sqlite_used.line.environ["RECORDINGS_URL"]
    sqlite_used.backup()
    sqlite_used.seal_anew(here)
    sqlite_used.backup()

    sqlite_elsewhere.restore("--at", sqlite_used.places()[0].name)

    assert sqlite_elsewhere.audio() == before


def test_what_only_an_older_backup_has_sealed_goes_with_it(sqlite_used):
    here = sqlite_used.line.environ["RECORDINGS_URL"]
    sqlite_used.backup()
    sqlite_used.seal_anew(here)

    sqlite_used.backup("--keep", "1")

    pool = sqlite_used.folder / "recordings"
    assert sum(file.is_file() for file in pool.rglob("*")) == 2


def test_a_recording_that_was_spoiled_at_its_right_length_is_put_back(sqlite_used):
    before, folder = sqlite_used.audio(), sqlite_used.line.environ["RECORDINGS_URL"]
    sqlite_used.backup()
    key = next(iter(before))
    place = Place(folder)
    place.put(key, place.get(key)[:-1] + b"?")

    sqlite_used.restore("--over")

    assert sqlite_used.audio() == before


def test_what_was_erased_after_the_backup_is_erased_again(used, elsewhere):
    used.backup()
    used.erase(*WORDS.values())
    used.backup("--erasures")

    elsewhere.restore()
    elsewhere.sweep()

    left = elsewhere.everything()
    assert [words for words in WORDS.values() if words in left] == []
    assert elsewhere.audio().keys() == used.audio().keys()


def test_no_file_of_an_erased_voice_stays_with_the_restored_line(
    sqlite_used, sqlite_elsewhere, tmp_path
):
    sqlite_used.backup()
    sqlite_used.erase(*WORDS.values())
    sqlite_used.backup("--erasures")

    sqlite_elsewhere.restore()
    sqlite_elsewhere.sweep()

    files = [file for file in (tmp_path / "elsewhere").rglob("*") if file.is_file()]
    assert len(files) == 1


def test_what_was_not_erased_is_byte_for_byte_as_it_was(sqlite_used, sqlite_elsewhere):
    erased = tuple(sqlite_used.reference(words) for words in WORDS.values())
    before = sqlite_used.rows(without=erased)
    sqlite_used.backup()
    sqlite_used.erase(*WORDS.values())
    sqlite_used.backup("--erasures")

    sqlite_elsewhere.restore()
    sqlite_elsewhere.sweep()

    after = sqlite_elsewhere.rows(without=erased)
    for table in ("feedback", "texts", "recordings"):
        assert after[table] == before[table]
    assert after["callers"][1:] == before["callers"][1:]  # the first is the phone that goes too


def test_the_line_that_is_replaced_says_itself_whom_it_erased(used):
    used.backup()
    used.erase(*WORDS.values())

    used.restore("--over")
    used.sweep()

    assert WORDS["text"] not in used.everything()
    assert OTHERS["text"] in used.everything()


def test_an_item_that_is_only_hidden_yet_is_hidden_again(sqlite_used, sqlite_elsewhere):
    reference = sqlite_used.reference(WORDS["text"])
    sqlite_used.backup()
    sqlite_used.line.text("DELETE", frm="+447700900123")
    sqlite_used.line.text(f"DELETE {reference[:3]}-{reference[3:]}", frm="+447700900123")
    sqlite_used.backup("--erasures")

    sqlite_elsewhere.restore()

    wanted, found = sqlite_used.item(reference), sqlite_elsewhere.item(reference)
    assert wanted.hidden_at is not None
    assert (found.hidden_at, found.erase_at) == (wanted.hidden_at, wanted.erase_at)


def test_somebody_who_changed_their_mind_after_the_backup_is_kept(sqlite_used, sqlite_elsewhere):
    sqlite_used.line.text("DELETE", frm="+447700900123")
    sqlite_used.backup()
    sqlite_used.line.text("KEEP", frm="+447700900123")
    sqlite_used.backup("--erasures")

    sqlite_elsewhere.restore()

    assert [item.hidden_at for item in sqlite_elsewhere.line.items()] == [None] * 4


def test_what_came_and_was_erased_after_the_backup_is_to_go_at_twilio_too(
    sqlite_used, sqlite_elsewhere
):
    sqlite_used.backup()
    sqlite_used.line.text("I was afraid", frm="+447700900789", sid="SM" + "9" * 32)
    sqlite_used.erase("I was afraid")
    sqlite_used.backup("--erasures")

    sqlite_elsewhere.restore()

    with sqlite_elsewhere.database.reading() as session:
        assert "SM" + "9" * 32 in session.scalars(select(TwilioCopy.sid)).all()


def test_a_later_list_from_another_place_counts_too(sqlite_used, sqlite_elsewhere, tmp_path):
    sqlite_used.backup()
    sqlite_used.erase(WORDS["text"])
    sqlite_used.backup("--erasures")
    (sqlite_used.folder / "erasures.jsonl").rename(tmp_path / "list.jsonl")

    sqlite_elsewhere.restore("--erasures", str(tmp_path / "list.jsonl"))
    sqlite_elsewhere.sweep()

    assert WORDS["text"] not in sqlite_elsewhere.everything()


def test_a_restored_line_takes_texts_and_calls_again(sqlite_used, sqlite_elsewhere):
    sqlite_used.backup()
    sqlite_elsewhere.restore()

    sqlite_elsewhere.line.text("the new ward is better", frm="+447700900123", sid="SM" + "8" * 32)

    assert "the new ward is better" in sqlite_elsewhere.everything()


def test_a_delete_that_waited_for_the_lead_waits_again(used, elsewhere):
    reference = in_distress(used)
    used.backup()
    used.line.text("DELETE", frm=SOMEBODY)
    used.backup("--erasures")

    elsewhere.restore()

    asked, found = waiting(elsewhere, removals.to_decide)[0]
    assert found == reference
    assert asked.due_at == asked.asked_at + removals.TO_DECIDE


def test_a_delete_whose_days_still_ran_is_seen_to_wait(sqlite_used, sqlite_elsewhere):
    sqlite_used.backup()
    sqlite_used.line.text("DELETE", frm="+447700900123")
    sqlite_used.backup("--erasures")

    sqlite_elsewhere.restore()

    assert len(waiting(sqlite_elsewhere, removals.waiting)) == 1
    assert waiting(sqlite_elsewhere, removals.to_decide) == []


def test_a_keep_that_came_after_the_backup_takes_the_wish_off_the_leads_list(
    sqlite_used, sqlite_elsewhere
):
    in_distress(sqlite_used)
    sqlite_used.line.text("DELETE", frm=SOMEBODY)
    sqlite_used.backup()
    sqlite_used.line.text("KEEP", frm=SOMEBODY)
    sqlite_used.backup("--erasures")

    sqlite_elsewhere.restore()

    assert waiting(sqlite_elsewhere, removals.to_decide) == []


def test_who_asks_again_after_the_lead_kept_it_waits_again(sqlite_used, sqlite_elsewhere):
    reference = in_distress(sqlite_used)
    sqlite_used.line.text("DELETE", frm=SOMEBODY)
    with sqlite_used.database.writing() as session:
        asked = session.scalars(select(Erasure)).one()
        removals.decide(asked, Verdict.KEEP, "Lee", "a claim", asked.asked_at)
    sqlite_used.backup()
    sqlite_used.line.text("DELETE", frm=SOMEBODY)
    sqlite_used.backup("--erasures")

    sqlite_elsewhere.restore()

    assert [found for _, found in waiting(sqlite_elsewhere, removals.to_decide)] == [reference]


def test_a_wish_that_was_carried_out_is_asked_of_nobody_again(sqlite_used, sqlite_elsewhere):
    sqlite_used.backup()
    sqlite_used.erase(*WORDS.values())
    sqlite_used.backup("--erasures")

    sqlite_elsewhere.restore()

    with sqlite_elsewhere.database.reading() as session:
        assert session.scalars(select(Erasure)).all() == []


def in_distress(used) -> str:
    """Somebody's urgent text: only the lead may let it go. Its reference."""
    used.line.text("I want to die", frm=SOMEBODY)
    return used.reference("I want to die")


def waiting(used, which) -> list[tuple[Erasure, str]]:
    """What the page shows of one kind: each wish, and whose item."""
    with used.database.reading() as session:
        return [(asked, item.reference) for asked, item in which(session, 9)]
