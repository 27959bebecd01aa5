"""A model is replaced while the line runs: the next recording has the new one, or still the old."""

import os
import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest

from speech import models, trial
from speech.loaded import SETTLED, TRY_AGAIN, Loaded
from speech.models import NoModel


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of models with one in it, called "real"."""
    shutil.copytree(models.DEMO, tmp_path / "real")
    return tmp_path


def _replace(shelf: Path, **changes: str) -> None:
    """Another model under the same name, in one step, as `model fetch` places one."""
    new = Path(shutil.copytree(models.DEMO, shelf / ".new"))
    for name, content in changes.items():
        conf = new / "conf" / f"{name}.conf"
        conf.write_text(conf.read_text() + content)  # the last of an option counts
    shutil.rmtree(shelf / "real")
    os.rename(new, shelf / "real")


def _settled(loaded: Loaded) -> list[str]:
    """Two looks, far enough apart."""
    return loaded.refresh(1_000) + loaded.refresh(1_000 + SETTLED)


def test_without_a_change_nothing_is_loaded_again(shelf: Path) -> None:
    loaded = Loaded(shelf, {"en": "real"})
    before = loaded["en"]
    assert (_settled(loaded), loaded["en"]) == ([], before)


def test_a_replaced_model_is_loaded_once_it_lies_still(shelf: Path) -> None:
    loaded = Loaded(shelf, {"en": "real", "cy": None})
    before = loaded["en"]
    _replace(shelf, model="--beam=10.0\n")
    assert _settled(loaded) == ["en"]
    assert before is not None
    assert loaded["en"] is not None
    assert loaded["en"].hash != before.hash


def test_a_model_that_is_just_being_copied_is_left_alone(shelf: Path) -> None:
    loaded = Loaded(shelf, {"en": "real"})
    _replace(shelf, model="--beam=10.0\n")
    assert loaded.refresh(1_000) + loaded.refresh(1_000 + SETTLED / 2) == []


def test_a_damaged_model_never_takes_the_place_of_one_that_works(shelf: Path) -> None:
    loaded = Loaded(shelf, {"en": "real"})
    before = loaded["en"]
    (shelf / "real" / "graph" / "HCLr.fst").write_bytes(b"<html>")
    assert (_settled(loaded), loaded["en"]) == ([], before)
    assert "no whole graph" in loaded.wrong["en"]


def test_a_model_that_is_removed_stays_in_use(shelf: Path) -> None:
    loaded = Loaded(shelf, {"en": "real"})
    shutil.rmtree(shelf / "real")
    assert (_settled(loaded), loaded["en"] is None) == ([], False)


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Counts the tries of models; the first is in vain, for a reason that passes."""
    counted = Mock(side_effect=[NoModel("it did not load in 300 s"), None, None])
    monkeypatch.setattr(trial, "stand", counted)
    return counted


def test_a_model_that_would_not_load_is_tried_again_after_minutes_and_used(
    shelf: Path, tried: Mock
) -> None:
    loaded = Loaded(shelf, {"en": "real"})
    loaded.refresh(1_000)
    assert loaded.refresh(1_000 + TRY_AGAIN) == ["en"]
    assert (loaded["en"] is None, loaded.wrong) == (False, {})


def test_a_model_that_would_not_load_is_not_tried_at_each_look(shelf: Path, tried: Mock) -> None:
    loaded = Loaded(shelf, {"en": "real"})
    looks = [loaded.refresh(1_000 + seconds) for seconds in range(0, int(TRY_AGAIN), 2)]
    assert (any(looks), tried.call_count) == (False, 1)


def test_a_model_that_works_is_not_tried_again(shelf: Path, tried: Mock) -> None:
    loaded = Loaded(shelf, {"en": "real"})
    for looks in range(1, 5):
        loaded.refresh(1_000 + looks * TRY_AGAIN)
    assert tried.call_count == 2


def test_a_missing_model_is_none_and_is_used_when_it_comes(tmp_path: Path) -> None:
    loaded = Loaded(tmp_path, {"en": "real"})
    assert (loaded["en"], "real" in loaded.wrong["en"]) == (None, True)
    shutil.copytree(models.DEMO, tmp_path / "real")
    assert _settled(loaded) == ["en"]
    assert (loaded["en"] is None, loaded.wrong) == (False, {})
