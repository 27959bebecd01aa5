"""The line's own processes for a benchmark: web, worker, Redis, and something that plays Twilio."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import requests

from practice.signature import sign

ROOT = Path(__file__).parent.parent
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
WEB, TWILIO = 8474, 8475
ACCOUNT, TOKEN = "AC" + "1" * 32, "bench"
HEARD = "SELECT count(*) FROM recordings WHERE state NOT IN ('expected', 'stored')"
TICKS = os.sysconf("SC_CLK_TCK")


class BackRoom:
    """One line in a folder of its own. `sounds` lie at Twilio under their names as SIDs."""

    def __init__(self, folder: Path, model: Path | None, hands: int) -> None:
        self.folder, self.sounds = folder, folder / "sounds"
        self.sounds.mkdir()
        self.socket = Path(tempfile.mkdtemp(prefix="hbr"))
        self.env = {
            **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME")},
            "PORT": str(WEB),
            "WEB_CONCURRENCY": "1",
            "WORKER_CONCURRENCY": str(hands),
            "PUBLIC_URL": f"http://127.0.0.1:{WEB}",
            "TWILIO_API_URL": f"http://127.0.0.1:{TWILIO}",
            "DATABASE_URL": f"sqlite:///{folder}/heard.db",
            "REDIS_URL": f"unix://{self.socket}/redis",
            "RECORDINGS_URL": f"file://{folder}/recordings",
            "SPOOL_FOLDER": f"{folder}/spool",
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "SECRET_KEY": "bench",
            "SEALING_KEYS": KEY,
            "JOIN_KEY": KEY,
            "BENCH_TALLY": str(folder / "tally"),
            "BENCH_SOUNDS": str(self.sounds),
        }
        if model:
            self.env |= _naming(model, folder / "script")

    def at_twilio(self, sounds: dict[str, bytes]) -> None:
        """Recordings that wait to be fetched."""
        for sid, sound in sounds.items():
            (self.sounds / f"{sid}.wav").write_bytes(sound)

    def ready(self, sid: str) -> None:
        """Twilio's word that a recording is there: signed, as it comes."""
        url = f"http://127.0.0.1:{WEB}/voice/recording"
        fields = {
            "AccountSid": ACCOUNT,
            "CallSid": f"CA{sid[2:]}",
            "RecordingSid": sid,
            "RecordingStatus": "completed",
            "RecordingDuration": str((self.sounds / f"{sid}.wav").stat().st_size // 16_000),
        }
        signed = sign(url, fields, TOKEN)
        answer = requests.post(
            url,
            urlencode(fields),
            headers={
                "X-Twilio-Signature": signed,
                "Content-Type": "application/x-www-form-urlencoded",
            },
            timeout=20,
        )
        answer.raise_for_status()

    def heard(self) -> int:
        """How many recordings have ended, with words or without."""
        with sqlite3.connect(f"file:{self.folder}/heard.db?mode=ro", uri=True) as rows:
            found = rows.execute(HEARD).fetchone()
        return int(found[0])

    def tally(self) -> Counter[str]:
        """Seconds of CPU for decoding and for urgency, and the number of forks (bench.counted)."""
        total: Counter[str] = Counter()
        for line in Path(self.env["BENCH_TALLY"]).read_text().splitlines():
            name, much = line.split()
            total[name] += float(much)  # type: ignore[assignment]
        return total


@contextmanager
def back_room(
    model: Path | None = None, hands: int = 2, worker: tuple[str, ...] = ("-m", "bench.counted")
) -> Iterator[tuple[BackRoom, dict[str, subprocess.Popen[bytes]]]]:
    """A running line, migrated and empty, and its processes by name; all gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        room = BackRoom(Path(folder), model, hands)
        Path(room.env["BENCH_TALLY"]).touch()
        run = [sys.executable, "-m", "alembic", "upgrade", "head"]
        subprocess.run(run, cwd=ROOT, env=room.env, check=True, capture_output=True)
        redis = f"redis-server --port 0 --unixsocket {room.socket}/redis --dir {room.socket}"
        commands = {
            "redis": [*redis.split(), "--appendonly", "no", "--save", ""],
            "twilio": [sys.executable, "-m", "bench.twilio", str(TWILIO)],
            "web": [sys.executable, "-m", "gunicorn"],
            "worker": [sys.executable, *worker],
        }
        running: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for name, command in commands.items():
                with (room.folder / f"{name}.log").open("wb") as log:
                    running[name] = subprocess.Popen(
                        command, cwd=ROOT, env=room.env, stdout=log, stderr=log
                    )
                if name == "redis":
                    wait_for(lambda: _listens(room.socket / "redis"))
            wait_for(lambda: len(family(running["worker"].pid)) > hands, 120)
            wait_for(_answers)
            yield room, running
        except RuntimeError:
            for name in running:
                sys.stderr.write((room.folder / f"{name}.log").read_text()[-2000:])
            raise
        finally:
            for process in reversed(running.values()):
                process.send_signal(signal.SIGTERM)
                process.wait(60)
            shutil.rmtree(room.socket, ignore_errors=True)


def family(oldest: int) -> list[int]:
    """A process and all that it started, and those that they did."""
    found = Path(f"/proc/{oldest}/task/{oldest}/children")
    below = [int(number) for number in found.read_text().split()] if found.exists() else []
    return [oldest, *(one for child in below for one in family(child))]


def cpu(oldest: int) -> float:
    """Seconds of CPU that a family has used, those of its dead included."""
    total = 0
    for number in family(oldest):
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def memory(oldest: int, kind: str = "Pss") -> int:
    """Bytes of memory of a family; what several share counts once, in parts."""
    total = 0
    for number in family(oldest):
        with suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
                if line.startswith(f"{kind}:"):
                    total += int(line.split()[1]) * 1024
    return total


def wait_for(true: Callable[[], object], seconds: float = 60, every: float = 0.02) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise RuntimeError("it did not happen in time")
        time.sleep(every)


def _naming(model: Path, script: Path) -> dict[str, str]:
    """A copy of the line's script that names the model for its first language."""
    shutil.copytree(ROOT / "script", script)
    line = script / "line.toml"
    said = line.read_text()
    entry = f'en = "{model.name}"\n'
    with_model = said.replace("[models]\n", f"[models]\n{entry}", 1)
    line.write_text(with_model if with_model != said else f"{said}\n[models]\n{entry}")
    return {"HEARD_SCRIPT": str(script), "VOSK_MODEL_PATH": str(model.parent)}


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def _answers() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", WEB)) == 0
