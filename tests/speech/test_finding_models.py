"""Where a model is looked for, and how a folder that is none is told."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from speech import models, transcriber, trial
from speech.models import NoModel


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(models.DEMO, tmp_path / "copy"))


def test_no_name_is_the_demo_model(tmp_path: Path) -> None:
    assert models.find(tmp_path, None) == ("demo-en", models.DEMO)


def test_a_named_model_is_found_in_the_operators_folder(copy: Path) -> None:
    assert models.find(copy.parent, "copy") == ("copy", copy)


def test_a_missing_model_is_told_with_its_path_and_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match=f"no model large at {tmp_path}/large"):
        models.find(tmp_path, "large")


@pytest.mark.parametrize("name", ["", "..", "../copy", "/etc", "a/b"])
def test_a_name_cannot_lead_out_of_the_folder(copy: Path, name: str) -> None:
    with pytest.raises(NoModel):
        models.find(copy.parent / "models", name)


@pytest.mark.parametrize("name", [*models.NEEDED, "graph/HCLr.fst", "graph/Gr.fst"])
def test_a_model_that_lacks_a_file_is_refused(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(NoModel, match=str(copy)):
        models.check(copy)


def test_a_graph_that_is_no_graph_is_refused_before_vosk_dies_of_it(copy: Path) -> None:
    (copy / "graph" / "HCLr.fst").write_bytes(b"<html>")
    with pytest.raises(NoModel, match="no whole graph"):
        models.check(copy)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param(b"", "is not whole", id="empty"),
        pytest.param(b"<eps> 0\narchers 1\n", "is not whole", id="cut"),
        pytest.param(b"<eps> 0\ncaf\xe9 1\n#0 2\n", "is not UTF-8", id="Latin-1"),
    ],
)
def test_a_list_of_words_that_gives_nameless_ones_is_refused(
    copy: Path, words: bytes, why: str
) -> None:
    (copy / "graph" / "words.txt").write_bytes(words)
    with pytest.raises(NoModel, match=f"{copy} cannot be used: its words.txt {why}"):
        models.check(copy)


def test_a_graph_with_the_words_in_it_needs_no_list(copy: Path) -> None:
    (copy / "graph" / "words.txt").unlink()
    assert models.check(copy) is None


def test_a_model_that_we_may_not_read_is_not_called_damaged(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Simulated: the tests may run as root, who may read everything.
    monkeypatch.setattr(Path, "open", _shut)
    with pytest.raises(NoModel, match="cannot be read: Permission denied"):
        models.check(copy)


def _shut(*_: object) -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_a_shelf_that_we_may_not_look_into_is_said_to_be_one(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_dir", _shut)
    with pytest.raises(NoModel, match=f"{copy} cannot be read: Permission denied"):
        models.find(copy.parent, copy.name)


def test_who_may_read_a_model_is_seen_as_a_change_of_it(copy: Path) -> None:
    before = models.stamp(copy)
    (copy / "am" / "final.mdl").chmod(0o600)
    assert models.stamp(copy) != before


@pytest.fixture
def flat(tmp_path: Path) -> Path:
    """The demo model in the older form: all files in one folder, and no model.conf."""
    (tmp_path / "flat").mkdir()
    for path in models.DEMO.rglob("*.*"):
        if path.name not in ("model.conf", "phones.txt"):
            shutil.copy(path, tmp_path / "flat")
    return tmp_path / "flat"


def test_a_model_of_the_older_form_is_one(flat: Path) -> None:
    trial.stand(flat)
    assert transcriber.load(flat, "flat").rate == models.rate(models.DEMO)


@pytest.mark.parametrize("name", [*models.NEEDED_FLAT[1:], "Gr.fst"])
def test_a_model_of_the_older_form_that_lacks_a_file_is_refused(flat: Path, name: str) -> None:
    (flat / name).unlink()
    with pytest.raises(NoModel, match=str(flat)):
        models.check(flat)


def test_a_folder_that_goes_while_it_is_looked_through_is_an_empty_one(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "rglob", Mock(side_effect=FileNotFoundError(errno.ENOENT, "gone")))
    assert models.stamp(copy) == ()


def test_a_folder_that_goes_while_it_is_loaded_is_no_model(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "fingerprint", Mock(side_effect=FileNotFoundError(2, "gone")))
    with pytest.raises(NoModel, match=f"{copy} cannot be read: gone"):
        transcriber.load(copy, "copy")


def test_a_model_with_one_whole_graph_is_accepted(copy: Path) -> None:
    (copy / "graph" / "HCLr.fst").rename(copy / "graph" / "HCLG.fst")
    assert models.check(copy) is None


@pytest.mark.parametrize(
    ("conf", "rate"),
    [
        pytest.param("--use-energy=false\n--sample-frequency=8000\n", 8_000, id="8 kHz"),
        pytest.param("--sample-frequency = 16000.0 # hertz\n", 16_000, id="with a remark"),
        pytest.param("--use-energy=false\n", 16_000, id="Kaldi's own"),
    ],
)
def test_the_rate_is_the_one_that_the_model_was_trained_for(
    copy: Path, conf: str, rate: int
) -> None:
    (copy / "conf" / "mfcc.conf").write_text(conf)
    assert models.rate(copy) == rate


def test_the_hash_is_the_same_wherever_the_model_lies(copy: Path) -> None:
    assert models.fingerprint(copy) == models.fingerprint(models.DEMO)


def test_the_hash_changes_with_any_file(copy: Path) -> None:
    (copy / "conf" / "model.conf").write_text("--beam=9\n")
    assert models.fingerprint(copy) != models.fingerprint(models.DEMO)


def test_vosk_stays_out_until_it_is_needed() -> None:
    code = "import sys, speech.audio, speech.reading, speech.models; print('vosk' in sys.modules)"
    command = [sys.executable, "-c", code]
    root = models.DEMO.parents[2]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout == "False\n"
