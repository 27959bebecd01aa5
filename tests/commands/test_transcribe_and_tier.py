"""`transcribe` and `tier`: tried out by hand, with no database, queue or secret."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from commands.tier import tier
from commands.transcribe import transcribe
from speech import models
from tests.workers.parts import ROOT, spoken

KIND, COLD = "the nurse was kind", "the food was cold"


@pytest.fixture
def files(tmp_path):
    for name, words in (("b", KIND), ("a", COLD)):
        (tmp_path / f"{name}.wav").write_bytes(spoken(words))
    (tmp_path / "bad.wav").write_text("<html>")
    return [str(tmp_path / f"{name}.wav") for name in ("b", "bad", "a", "none")]


def test_each_file_is_a_line_in_the_order_given(files):
    said = CliRunner().invoke(transcribe, [files[0], files[2]])
    assert (said.exit_code, said.stdout) == (0, f"{KIND}\n{COLD}\n")


def test_a_bad_file_keeps_its_line_and_says_why_and_the_others_are_heard(files):
    said = CliRunner().invoke(transcribe, files)
    assert said.exit_code == 1
    assert said.stdout == f"{KIND}\n\n{COLD}\n\n"
    assert said.stderr.splitlines() == [
        f"{files[1]}: the file is a web page, not sound",
        f"{files[3]}: No such file or directory",
    ]


def test_what_is_no_file_or_larger_than_any_message_is_not_read(files, tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    with (tmp_path / "vast.wav").open("wb") as vast:
        vast.truncate(30 * 10**9)  # sparse: it takes no room on the disk, and more than any memory
    odd = [str(tmp_path), str(tmp_path / "pipe.wav"), str(tmp_path / "vast.wav")]
    said = CliRunner().invoke(transcribe, [*odd, files[0]])
    assert (said.exit_code, said.stdout) == (1, f"\n\n\n{KIND}\n")
    assert said.stderr.splitlines() == [
        f"{odd[0]}: it is no file",
        f"{odd[1]}: it is no file",
        f"{odd[2]}: it is larger than 50 MB, as no message is",
    ]


def test_json_says_how_sure_when_and_by_which_model(files):
    said = CliRunner().invoke(transcribe, ["--format", "json", *files])
    good, bad, *_ = [json.loads(line) for line in said.stdout.splitlines()]
    assert {"text", "confidence", "words", "state", "model", "seconds"} <= set(good) & set(bad)
    assert (good["text"], good["state"], good["model"]) == (KIND, "words", "demo-en")
    assert list(good["words"][0]) == ["word", "start", "end", "confidence"]
    assert good["words"][-1]["end"] <= good["seconds"]
    assert (bad["text"], bad["state"], bad["words"]) == ("", "failed", [])


def test_a_damaged_model_is_one_line(files, tmp_path):
    named = shutil.copytree(models.DEMO, tmp_path / "models" / "named")
    (named / "graph" / "disambig_tid.int").write_bytes(b"")  # Vosk dies of it, speechless
    script = shutil.copytree(ROOT / "script", tmp_path / "script")
    line = (script / "line.toml").read_text()
    (script / "line.toml").write_text(line.replace("[models]\n", '[models]\nen = "named"\n'))
    said = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "transcribe", files[0]],
        env={**os.environ, "HEARD_SCRIPT": str(script), "VOSK_MODEL_PATH": str(named.parent)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert f"{named} is damaged" in said.stderr


def test_each_line_gets_its_tier_and_the_phrases_that_decided():
    said = CliRunner().invoke(tier, input="I want to die\nthe 999 crew were great\n\n")
    first, *others = said.stdout.splitlines()
    assert first.split("\t")[0] == "R1"
    assert len(first.split("\t")) > 1
    assert others == ["none", "none"]


def test_a_byte_that_is_no_text_stops_nothing():
    said = CliRunner().invoke(tier, input=b"caf\xe9 was cold\r\nI want to die\r\n")
    assert [line.split("\t")[0] for line in said.stdout.splitlines()] == ["none", "R1"]


@pytest.mark.parametrize("command", ["transcribe", "tier"])
def test_no_secret_database_or_queue_is_needed(files, command):
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", command, *files[: 1 * (command != "tier")]],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HEARD_ENV": "production"},
        input="I want to die\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(KIND if command == "transcribe" else "R1\t")
