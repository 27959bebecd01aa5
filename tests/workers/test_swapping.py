"""A model is replaced, spoiled and mended on the disk while a real worker runs."""

import re
import shutil
from pathlib import Path

import pytest

from speech import models
from store.models import Heard
from store.queue import HEAR, Bell
from tests.workers.conftest import KIND, BackRoom
from tests.workers.parts import CLOCK, ROOT, WORKER, quick, until

pytestmark = pytest.mark.xdist_group("processes")

# What an operator waits minutes for, in moments.
SOON = """
import speech.loaded
speech.loaded.SETTLED = 0.3
transcribing.WAIT = timedelta(seconds=0.5)
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of models with one in it, which the line's script names."""
    return Path(shutil.copytree(models.DEMO, tmp_path / "shelf" / "real"))


@pytest.fixture
def environ(environ, twilio, redis, shelf, tmp_path):
    script = shutil.copytree(ROOT / "script", tmp_path / "script")
    line = (script / "line.toml").read_text()
    (script / "line.toml").write_text(line.replace("[models]\n", '[models]\nen = "real"\n'))
    return {
        **environ,
        "TWILIO_API_URL": twilio.url,
        "REDIS_URL": redis.url,
        "HEARD_SCRIPT": str(script),
        "VOSK_MODEL_PATH": str(shelf.parent),
    }


def said_of(back: BackRoom, words: str = KIND) -> str:
    """The SID of a new message, rung for."""
    sid = back.call(words)
    assert Bell(back.line.environ["REDIS_URL"]).ring(HEAR, back.take(sid).id)
    return sid


def heard(back: BackRoom, sid: str) -> str:
    until(lambda: back.take(sid).state is Heard.WORDS)
    return back.take(sid).transcripts[0].model_hash


def change(shelf: Path) -> str:
    """Another model in the place of the first; its hash."""
    conf = shelf / "conf" / "model.conf"
    conf.write_text(re.sub(r"--beam=[\d.]+", "--beam=12.5", conf.read_text(), count=1))
    return models.fingerprint(shelf)


def test_a_model_replaced_while_the_line_runs_hears_the_next_recording(small, shelf):
    before = models.fingerprint(shelf)
    with quick(small.line.environ, WORKER, SOON) as worker:
        assert heard(small, said_of(small)) == before
        after = change(shelf)
        until(lambda: heard(small, said_of(small)) == after)
        assert worker.poll() is None


@pytest.mark.parametrize("name", ["am/global_cmvn.stats", "graph/HCLr.fst", "conf/model.conf"])
def test_a_model_spoiled_while_the_line_runs_is_a_line_and_the_old_one_goes_on(small, shelf, name):
    before = models.fingerprint(shelf)
    with quick(small.line.environ, WORKER, SOON) as worker:
        heard(small, said_of(small))
        (shelf / name).write_bytes(b"")
        line = worker.stdout.readline()
        while "no new model" not in line:
            line = worker.stdout.readline()
        assert "the old one goes on" in line
        assert heard(small, said_of(small)) == before


def test_recordings_wait_for_a_spoiled_model_until_it_is_mended(small, shelf):
    spoiled = shelf / "graph" / "disambig_tid.int"
    whole = spoiled.read_bytes()
    spoiled.write_bytes(b"")
    with quick(small.line.environ, WORKER, SOON) as worker, quick(small.line.environ, CLOCK):
        assert "recordings in 'en' wait: the model at" in worker.stdout.readline()
        sid = said_of(small)
        until(lambda: small.take(sid).reason)
        take = small.take(sid)
        assert (take.state, take.reason) == (Heard.STORED, "The speech model is missing.")
        spoiled.write_bytes(whole)
        assert heard(small, sid) == models.fingerprint(shelf)
