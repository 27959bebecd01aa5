"""Words put right: the machine's version stays, and nobody's save is lost."""

import pytest

from store.alert_rows import Alert
from store.coding_rows import Correction
from store.models import Heard, Status
from store.staff import Role
from tests.hear_and_code.conftest import call, heard, item_of, path, saves, seated, take_of
from triage import corrections, phrases
from triage.corrections import Change, Edit


def words(shown) -> list[str]:
    return [phrase.text for phrase in shown]


def machine():
    made = heard()
    return phrases.heard(made.words, made.shown_words)


# --- the rules, alone


def test_phrases_end_where_the_caller_paused():
    assert words(machine()) == [
        "The nurse on the ward was kind.",
        "I waited 5 hours.",
        "At russells hall hospital",
    ]


def test_a_guess_is_marked_and_keeps_its_time():
    ward = machine()[0].words[4]
    assert (ward.text, ward.start, ward.unsure) == ("ward", 1.4, True)


def test_speech_without_a_pause_is_cut_into_pieces():
    said = [{"word": "so", "start": n, "end": n, "confidence": 1} for n in range(45)]
    assert [len(p.words) for p in phrases.heard(said, [])] == [20, 20, 5]


def test_words_that_stayed_keep_their_time_and_new_ones_share_the_gap():
    now = corrections.laid_over(machine(), [Edit(1, "We waited for 5 long hours.", "Sam")])
    assert [(w.text, w.start) for w in now[1].words] == [
        ("We", 3.45), ("waited", 3.8), ("for", 4.05), ("5", 4.15), ("long", 4.4), ("hours.", 4.5),
    ]  # fmt: skip
    assert (now[1].by, now[0].by) == ("Sam", None)


def test_a_take_written_anew_has_its_lines_for_phrases():
    now = corrections.laid_over(machine(), [Edit(None, "The nurse\nwas kind.", "Sam")])
    assert words(now) == ["The nurse", "was kind."]
    assert now[1].words[1].start == machine()[0].words[6].start


def test_what_is_typed_where_the_machine_heard_nothing_has_no_times():
    now = corrections.laid_over((), [Edit(None, "Hello there", "Sam")])
    assert [w.start for w in now[0].words] == [None, None]


def test_an_emptied_phrase_leaves_nothing_behind():
    now = corrections.laid_over(machine(), [Edit(1, "", "Sam")])
    assert phrases.text(now) == "The nurse on the ward was kind. At russells hall hospital"


def test_changes_are_told_word_by_word():
    assert corrections.changes("was not kind", "was kind and gentle") == [
        Change("same", "was"), Change("out", "not"), Change("same", "kind"),
        Change("in", "and gentle"),
    ]  # fmt: skip


# --- the desk


def correct(sitting, item, take, wording, phrase="", seen=None, **more):
    return sitting.post(
        f"{path(item)}/recordings/{take.id}/words",
        phrase=phrase,
        wording=wording,
        seen=seen if seen is not None else mark(sitting, item),
        **more,
    )


def mark(sitting, item) -> str:
    return sitting.get(path(item)).text.partition('name="seen" value="')[2].partition('"')[0]


def test_a_correction_is_a_row_and_the_machines_version_stays(both):
    item, take = call(both)
    _, noise = call(both, "another voice said this")
    sitting = seated(both)
    assert correct(sitting, item, take, "The  nurse on the board was kind.", "0").status_code == 302
    (row,) = saves(both, Correction)
    assert (row.recording_id, row.phrase, row.by) == (take.id, 0, "Sam")
    assert row.before == "The nurse on the ward was kind."
    assert row.after == "The nurse on the board was kind."
    page = sitting.get(path(item)).text
    assert "[taken out: </span>ward" in page
    assert "[put in: </span>board" in page
    assert take_of(both, take).corrected.startswith("The nurse on the board was kind. I waited")
    assert take_of(both, noise).corrected is None


def test_saving_what_stands_there_keeps_nothing(desk, seat):
    item, take = call(desk)
    correct(seat(), item, take, "I waited 5 hours.", "1")
    assert saves(desk, Correction) == []
    assert take_of(desk, take).corrected is None


def test_two_colleagues_on_two_phrases_do_not_meet(both):
    item, take = call(both)
    sam, kim = seated(both), seated(both, name="Kim")
    seen = mark(sam, item)
    correct(sam, item, take, "One", "0", seen)
    assert correct(kim, item, take, "Two", "1", seen).status_code == 302
    assert take_of(both, take).corrected == "One Two At russells hall hospital"


def test_a_later_save_on_the_same_phrase_shows_both_and_overwrites_nothing(both):
    item, take = call(both)
    sam, kim = seated(both), seated(both, name="Kim")
    seen = mark(sam, item)
    correct(sam, item, take, "Theirs stands", "1", seen)
    answer = correct(kim, item, take, "Mine <b>", "1", seen)
    assert answer.status_code == 409
    assert "Mine &lt;b&gt;" in answer.text
    assert "Theirs stands" in answer.text
    assert "Let mine stand" in answer.text
    assert [row.by for row in saves(both, Correction)] == ["Sam"]
    correct(kim, item, take, "Mine", "1")
    assert [row.before for row in saves(both, Correction)][-1] == "Theirs stands"


def test_a_phrase_of_words_that_were_written_anew_is_not_put_in_their_place(desk, seat):
    item, take = call(desk)
    sam, kim = seat(), seat(name="Kim")
    seen = mark(sam, item)
    correct(sam, item, take, "All\nof it\nanew", "", seen)
    answer = correct(kim, item, take, "Mine", "1", seen)
    assert answer.status_code == 409
    assert "Let mine stand" not in answer.text
    assert "Mine" in answer.text


def test_a_page_made_from_an_older_machine_version_is_told_so(desk, seat):
    item, take = call(desk)
    sam = seat()
    seen = mark(sam, item)
    newer = heard("the nurse on the board was kind", "a-better-model")
    newer.recording_id = take.id
    desk.add(newer)
    assert correct(sam, item, take, "Mine", "1", seen).status_code == 409


def test_peoples_words_stand_when_a_newer_model_hears_it_again(desk, seat):
    item, take = call(desk)
    sam = seat()
    correct(sam, item, take, "By people", "0")
    newer = heard("something else entirely", "a-better-model")
    newer.recording_id = take.id
    desk.add(newer)
    page = sam.get(path(item)).text
    assert page.index(">By</span>") < page.index("a-better-model")
    assert correct(sam, item, take, "Again by people", "0").status_code == 302
    assert take_of(desk, take).corrected.startswith("Again by people I waited")


def test_what_no_machine_heard_is_typed_by_hand(desk, seat):
    item, take = desk.voice(state=Heard.FAILED, reason="x")
    sitting = seat()
    assert "Type what you hear" in sitting.get(path(item)).text
    correct(sitting, item, take, "Hello\n\nthere")
    assert take_of(desk, take).corrected == "Hello\nthere"
    assert "Hello" in sitting.get("/").text


@pytest.mark.parametrize(("wording", "phrase", "code"), [("a" * 20_001, "", 422), ("x", "99", 404)])
def test_words_that_cannot_be_kept_are_refused(desk, seat, wording, phrase, code):
    item, take = call(desk)
    assert correct(seat(), item, take, wording, phrase).status_code == code
    assert saves(desk, Correction) == []


def test_only_the_words_come_back_where_the_page_stays(desk, seat):
    item, take = call(desk)
    answer = correct(seat(), item, take, "One", "0", part="1")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert ">One</span>" in answer.text


def test_a_reader_corrects_nothing_and_another_items_recording_is_not_found(desk, seat):
    item, take = call(desk)
    other, _ = call(desk)
    assert correct(seat(Role.READER, "Rea"), item, take, "x", "0", "1.0").status_code == 403
    assert correct(seat(), other, take, "x", "0", "1.0").status_code == 404


# --- what corrected words bring about


def test_words_of_danger_that_only_a_person_heard_raise_the_item_and_call_the_rota(both):
    item, take = call(both, status=Status.FINISHED)
    noise, _ = call(both)
    correct(seated(both), item, take, "and I want to kill myself", "1")
    now = item_of(both, item)
    assert (now.tier, now.status, now.rank // 10) == ("R1", Status.NEW, 1)
    assert item_of(both, noise).tier is None
    with both.line.house.database.reading() as session:
        assert [a.feedback_id for a in session.query(Alert)] == [item.id]


def test_a_correction_never_lowers_a_tier(desk, seat):
    item, take = call(desk, "i want to kill myself", tier="R1")
    correct(seat(), item, take, "I want to kill my elf", "0")
    assert item_of(desk, item).tier == "R1"


def test_words_that_a_lead_has_judged_do_not_raise_it_again(desk, seat):
    item, take = call(desk, "i want to kill myself / the ward was cold")
    correct(seat(), item, take, "The board was cold", "1")
    assert item_of(desk, item).tier is None


@pytest.mark.parametrize(
    ("judged", "put_in", "tier"),
    [
        ("my carer hits me", "the night carer rapes me", "R2"),
        ("my carer hits me", "and my carer hits me", "R2"),
        ("i want to kill myself", "my carer hits me", "R2"),
        ("my carer hits me", "I want to kill myself", "R1"),
    ],
    ids=["other abuse", "the same words once more", "abuse behind a cry", "a cry behind abuse"],
)
def test_new_words_of_danger_raise_what_a_lead_had_lowered_for_other_words(
    both, judged, put_in, tier
):
    item, take = call(both, f"{judged} / the ward was cold")
    correct(seated(both), item, take, put_in, "1")
    assert item_of(both, item).tier == tier


@pytest.mark.parametrize(
    "wording", ["MY CARER HITS ME", "yes my carer hits me", "My carer hits me!"]
)
def test_the_words_that_a_lead_has_judged_may_be_written_better(desk, seat, wording):
    item, take = call(desk, "my carer hits me / the ward was cold")
    correct(seat(), item, take, wording, "0")
    assert item_of(desk, item).tier is None


def test_a_correction_tells_what_it_signals(desk, seat):
    item, take = call(desk)
    correct(seat(), item, take, "my husband passed away", "1")
    assert "death" in item_of(desk, item).signals
