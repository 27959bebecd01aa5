"""What people were told about their data is known by its version, for as long as it is asked."""

import shutil

import pytest

from dialogue import checks, notices, script
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "script", tmp_path / "script")
    return tmp_path / "script"


def change(path, before, after):
    path.write_text(path.read_text().replace(before, after, 1))


def test_our_own_notice_is_kept(folder):
    assert notices.missing(checks.check(script.load(folder))) == []


@pytest.mark.parametrize("words", ["We read what you tell us", "We listen to what you say"])
def test_a_changed_notice_without_a_new_version_stops_the_start(folder, words):
    change(folder / "en.toml", words, "We sell what you tell us")
    with pytest.raises(script.WrongScript, match=r"privacy: it is not what notices/2026-11"):
        checks.check(script.load(folder))


def test_a_new_version_may_say_something_else_and_is_missed_until_it_is_kept(folder):
    change(folder / "en.toml", "We read what you tell us", "We study what you tell us")
    change(folder / "line.toml", 'notice = "2026-11"', 'notice = "2027-01"')
    said = checks.check(script.load(folder))
    assert notices.missing(said) == ["en"]
