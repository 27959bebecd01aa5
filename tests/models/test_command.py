"""`model`, `model list`, `model fetch`: what the operator sees."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.model import model
from speech import models
from tests.models.server import Models, serving, zipped

NAME = "vosk-model-small-en-us-0.15"
GOOD = zipped(models.DEMO, NAME)


@pytest.fixture
def server() -> Iterator[Models]:
    with serving() as running:
        running.offer(NAME, GOOD)
        running.offer("vosk-model-old", b"x", obsolete="true")
        running.offer("vosk-model-small-hi-0.22", b"x", lang="hi", lang_text="Hindi")
        yield running


def _run(server: Models, shelf: Path, *words: str) -> Result:
    environ = {"VOSK_MODELS_URL": server.url, "VOSK_MODEL_PATH": str(shelf)}
    return CliRunner(env=environ).invoke(model, words)


def test_alone_it_says_which_model_each_language_uses(server: Models, tmp_path: Path) -> None:
    assert "demo-en, for trying out only" in _run(server, tmp_path).stdout


def test_a_fetched_model_is_marked_in_the_list(server: Models, tmp_path: Path) -> None:
    assert str(tmp_path / NAME) in _run(server, tmp_path, "fetch", NAME).stdout
    listed = _run(server, tmp_path, "list").stdout
    assert re.sub(r"\d+ MB", "N MB", listed).splitlines() == [
        f"{NAME:42} US English                    N MB  here",
        "vosk-model-small-hi-0.22                   Hindi                         N MB",
    ]


def test_the_list_can_be_of_one_language(server: Models, tmp_path: Path) -> None:
    assert _run(server, tmp_path, "list", "--language", "hi").stdout.count("\n") == 1


@pytest.mark.parametrize("words", [["list"], ["fetch", NAME]], ids=str)
def test_no_connection_is_one_line(server: Models, tmp_path: Path, words: list[str]) -> None:
    server.url = "http://127.0.0.1:9"
    said = _run(server, tmp_path, *words)
    assert (said.exit_code, said.output.count("\n")) == (1, 1)


def test_a_name_that_is_not_offered_is_one_line(server: Models, tmp_path: Path) -> None:
    said = _run(server, tmp_path, "fetch", "small-en")
    assert (said.exit_code, f"did you mean {NAME}?" in said.output) == (1, True)
