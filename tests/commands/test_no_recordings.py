"""Commands against a place for recordings that cannot be used."""

import pytest

from commands.catch_up import catch_up
from commands.forget import forget
from commands.retain import retain
from commands.sweep import sweep
from tests.driver import CALLER

COMMANDS = [(catch_up,), (forget, CALLER), (retain,), (sweep,)]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0].name)
def test_a_place_that_cannot_be_used_is_one_line_that_names_its_setting(
    run, tmp_path, monkeypatch, words
):
    (tmp_path / "in the way").write_text("no folder")
    monkeypatch.setenv("RECORDINGS_URL", f"file://{tmp_path}/in the way")
    done = run(*words)
    assert done.exit_code == 1
    assert done.output.startswith("heard: RECORDINGS_URL is wrong, or what it names cannot be used")
    assert len(done.output.splitlines()) == 1
