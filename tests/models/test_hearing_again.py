"""`transcribe --again`: old recordings get a new transcript, and keep the one before."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from commands.transcribe import transcribe
from speech import models
from speech.hearing import Heard as Words
from speech.transcriber import Word
from store import alerts, desk, safeguarding
from store.alert_rows import Alert, How
from store.models import Feedback, Heard, Recording, Status
from tests.driver import Line
from tests.workers.conftest import BackRoom, model, small, twilio
from tests.workers.parts import spoken, stored_file
from tests.workers.test_takes import recorded_again
from workers import transcribing

__all__ = ["model", "small", "twilio"]  # the back room of the workers' own tests


@pytest.fixture
def heard(small: BackRoom) -> str:
    """The SID of a message that the demo model has heard."""
    sid = small.call("the nurse was kind")
    small.hear(sid)
    return sid


@pytest.fixture
def better(tmp_path: Path) -> Path:
    """A folder of models with another one in it, called "better"."""
    folder = Path(shutil.copytree(models.DEMO, tmp_path / "shelf" / "better"))
    conf = folder / "conf" / "model.conf"
    conf.write_text(re.sub(r"--beam=[\d.]+", "--beam=14.5", conf.read_text(), count=1))
    return folder.parent


def _again(line: Line, shelf: Path, *words: str) -> Result:
    environ = {**line.environ, "VOSK_MODEL_PATH": str(shelf)}
    return CliRunner(env=environ).invoke(transcribe, ["--again", *words])


def _take(back: BackRoom, sid: str) -> Recording:
    return back.take(sid)


def test_both_versions_are_kept(small: BackRoom, heard: str, better: Path) -> None:
    said = _again(small.line, better, "--model", "better")
    assert said.stdout == "recordings heard again: 1, words 1\n"
    take = _take(small, heard)
    assert [each.model for each in take.transcripts] == ["demo-en", "better"]
    assert (take.state.value, take.due_at) == ("words", None)


@pytest.fixture
def cry(small: BackRoom) -> Feedback:
    """An item that is R1 by what the demo model heard, and its alert was answered."""
    small.hear(small.call("he has chest pain"))
    with small.room.database.writing() as session:
        item = session.scalars(select(Feedback).where(Feedback.tier == "R1")).one()
        alerts.acknowledge(session, session.scalars(select(Alert)).one(), "Lea", How.DESK, small.at)
        return item


def test_what_a_lead_lowered_is_not_raised_by_the_same_words_heard_again(
    small: BackRoom, cry: Feedback, better: Path
) -> None:
    with small.room.database.writing() as session:
        item = session.get_one(Feedback, cry.id)
        safeguarding.set_tier(
            session, item, None, by="Lea", machine="R1", reason="It was years ago.", at=small.at
        )
    _again(small.line, better, "--model", "better")

    with small.room.database.reading() as session:
        assert session.get_one(Feedback, cry.id).tier is None
        assert len(session.scalars(select(Alert)).all()) == 1


def test_other_words_of_danger_that_only_the_better_model_hears_raise_what_a_lead_lowered(
    small: BackRoom, cry: Feedback, better: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small.room.database.writing() as session:
        item = session.get_one(Feedback, cry.id)
        safeguarding.set_tier(
            session, item, None, by="Lea", machine="R1", reason="It was years ago.", at=small.at
        )
    _hears(monkeypatch, "words", "chest", "pain", "i", "want", "to", "kill", "myself")
    _again(small.line, better, "--model", "better")

    with small.room.database.reading() as session:
        assert session.get_one(Feedback, cry.id).tier == "R1"
        assert len(session.scalars(select(Alert)).all()) == 2


def test_what_was_decided_stays_decided_when_the_same_words_are_heard_again(
    small: BackRoom, cry: Feedback, better: Path
) -> None:
    _again(small.line, better, "--model", "better")

    with small.room.database.reading() as session:
        assert session.get_one(Feedback, cry.id).tier_at == cry.tier_at


def test_words_of_crisis_that_only_the_better_model_hears_call_the_rota(
    small: BackRoom, cry: Feedback, better: Path
) -> None:
    with small.room.database.writing() as session:  # as if the demo model had heard nothing of it
        session.get_one(Feedback, cry.id).tier = None
    _again(small.line, better, "--model", "better")

    with small.room.database.reading() as session:
        assert session.get_one(Feedback, cry.id).tier == "R1"
        assert len(session.scalars(select(Alert)).all()) == 2


def test_silence_that_another_model_hears_too_brings_no_finished_item_back(
    small: BackRoom, better: Path
) -> None:
    sid = small.call(spoken("nobody came")[:44] + bytes(32_000))
    small.hear(sid)
    with small.room.database.writing() as session:
        item = session.get_one(Feedback, small.take(sid).feedback_id)
        desk.move(session, item, Status.FINISHED, "Kim", "Nothing was said.", small.at)
    _again(small.line, better, "--model", "better")

    with small.room.database.reading() as session:
        assert session.get_one(Feedback, item.id).status is Status.FINISHED


def _hears(monkeypatch: pytest.MonkeyPatch, state: str, *said: str) -> None:
    """Whatever is heard from now on, these are its words."""
    words = tuple(Word(word, at, at + 1.0, 0.9) for at, word in enumerate(said))
    text = " ".join(said)
    heard = Words(state, None, text, text, 0.9, words, 2.0, "better", "another")
    monkeypatch.setattr(transcribing, "hear", lambda *_: heard)


def test_words_stay_when_another_model_hears_none(
    small: BackRoom, heard: str, better: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _hears(monkeypatch, "no_speech")
    said = _again(small.line, better, "--model", "better")
    take = _take(small, heard)
    assert said.stdout == "recordings heard again: 1, left as before 1\n"
    assert (take.state, take.reason, take.due_at) == (Heard.WORDS, None, None)


def test_words_stay_while_the_place_of_the_audio_is_empty(
    small: BackRoom, heard: str, better: Path
) -> None:
    small.hear(small.call("the doctor was late"))
    stored_file(small, heard).unlink()
    said = _again(small.line, better, "--model", "better")
    assert said.exit_code == 1
    assert said.output.endswith(
        "recordings heard again: 1, words 1\n"
        "heard: 1 not heard, left as before: The audio is not where it was stored (1)\n"
    )
    take = _take(small, heard)
    assert (take.state, take.reason, take.due_at) == (Heard.WORDS, None, None)


def test_words_stay_when_hearing_them_again_ends_in_an_error(
    small: BackRoom, heard: str, better: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcribing, "hear", lambda *_: 1 / 0)
    assert _again(small.line, better, "--model", "better").exit_code == 1
    assert (_take(small, heard).state, _take(small, heard).due_at) == (Heard.WORDS, None)


def test_a_recording_that_failed_is_heard_again_where_its_audio_is_ours(
    small: BackRoom, heard: str, better: Path
) -> None:
    with small.room.database.writing() as session:
        session.get_one(Recording, _take(small, heard).id).state = Heard.FAILED
    said = _again(small.line, better, "--model", "better")
    assert said.stdout == "recordings heard again: 1, words 1\n"


def test_an_unclear_second_take_that_another_model_hears_drops_no_first_one(
    small: BackRoom, better: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = recorded_again(small, "the nurse was kind", "it was cold")
    small.hear(first)
    with monkeypatch.context() as coughed:
        _hears(coughed, "unclear", "[unk]")
        small.hear(second)
    _again(small.line, better, "--model", "better")
    assert _take(small, second).state is Heard.WORDS
    assert small.sids() == [first, second]


def test_what_that_model_has_heard_is_not_heard_again(
    small: BackRoom, heard: str, better: Path
) -> None:
    assert _again(small.line, better).stdout == "recordings heard again: 0\n"
    assert len(_take(small, heard).transcripts) == 1


def test_only_recordings_since_a_day_are_heard_again(
    small: BackRoom, heard: str, better: Path
) -> None:
    said = _again(small.line, better, "--model", "better", "--since", "2099-01-01")
    assert said.stdout == "recordings heard again: 0\n"


def test_recordings_in_another_language_are_left_alone(
    small: BackRoom, heard: str, better: Path
) -> None:
    with small.room.database.writing() as session:
        session.query(Recording).update({"language": "pl"})
    said = _again(small.line, better, "--model", "better")
    assert said.stdout == "recordings heard again: 0\n"


def test_a_language_that_the_line_does_not_speak_is_refused(
    small: BackRoom, heard: str, better: Path
) -> None:
    said = _again(small.line, better, "--model", "better", "--language", "eng")
    assert (said.exit_code, "--language is one of en" in said.output) == (2, True)


def test_a_language_without_the_model_that_knows_it_is_refused(
    small: BackRoom, heard: str, better: Path
) -> None:
    said = _again(small.line, better, "--language", "pl")
    assert (said.exit_code, "--language goes with --again and --model" in said.output) == (2, True)


def test_a_model_that_is_not_there_is_one_line(small: BackRoom, better: Path) -> None:
    said = _again(small.line, better, "--model", "best")
    assert (said.exit_code, said.output.count("\n")) == (1, 1)


def test_a_damaged_model_is_one_line_and_changes_nothing(
    small: BackRoom, heard: str, better: Path
) -> None:
    (better / "better" / "graph" / "disambig_tid.int").write_bytes(
        b""
    )  # Vosk dies of it, speechless
    program = [sys.executable, "-m", "flask", "--app", "app", "transcribe", "--again"]
    said = subprocess.run(
        [*program, "--model", "better"],
        env={**os.environ, **small.line.environ, "VOSK_MODEL_PATH": str(better)},
        cwd=models.DEMO.parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "better is damaged" in said.stderr
    assert _take(small, heard).state.value == "words"


@pytest.mark.parametrize("words", [[], ["--since", "2026-01-01"], ["--again", "a.wav"]])
def test_files_and_stored_recordings_are_not_mixed(words: list[str]) -> None:
    assert "Give FILES, or --again" in CliRunner().invoke(transcribe, words).output
