"""`subject`: the same file from the operator's side."""

import json
import zipfile

from commands.subject import subject
from store.recordings import Recordings, StoreAway
from tests.commands.conftest import run  # noqa: F401 (fixture)
from tests.driver import CALLER


def test_the_file_is_for_its_owners_eyes_and_the_number_comes_by_stdin(small, run, tmp_path):  # noqa: F811
    small.says("The soup was cold")
    path = tmp_path / "theirs.zip"
    done = run(subject, "-", "--to", str(path), given=f"{CALLER}\n".encode())
    assert done.exit_code == 0, done.output
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as file:
        assert json.loads(file.read("data.json"))["phone"]["number"] == CALLER
    assert run(subject, CALLER, "--to", str(path)).exit_code == 1
    assert "nothing is known" in run(subject, "K7RW-3X2").output


def test_where_sound_is_away_no_half_file_stays_and_a_second_run_works(
    small,
    run,  # noqa: F811
    tmp_path,
    monkeypatch,
):
    small.rings()
    path = tmp_path / "theirs.zip"
    with monkeypatch.context() as away:
        away.setattr(Recordings, "open", out_of_reach)
        assert "no file" in run(subject, CALLER, "--to", str(path)).output
    assert not path.exists()
    done = run(subject, CALLER, "--to", str(path))
    assert done.exit_code == 0, done.output


def out_of_reach(*_: object) -> None:
    raise StoreAway("down")
