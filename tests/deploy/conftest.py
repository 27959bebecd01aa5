"""A line as systemd runs it: its door is held open by somebody else, and nginx stands before it."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.conftest import ENVIRON, ROOT
from tests.ports import free_port
from tests.workers.parts import until

PROXY = (ROOT / "deploy/nginx/heard-proxy.conf").read_text()
UPSTREAM = (ROOT / "deploy/nginx/heard-upstream.conf").read_text()
PROGRAM = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
# What systemd does before it starts a service that has a socket: it is number 3, and so it says.
AS_SYSTEMD = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "gunicorn"])
"""


class Web:
    """The web process, started and stopped beneath a socket that stays."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ
        self.door = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.port = self.door.getsockname()[1]
        self.start()

    def start(self) -> None:
        self._running = subprocess.Popen(
            [sys.executable, "-c", AS_SYSTEMD, str(self.door.fileno())],
            cwd=ROOT,
            env={**os.environ, **self._environ, "WEB_CONCURRENCY": "1"},
            pass_fds=[self.door.fileno()],
            stderr=subprocess.DEVNULL,
        )

    def restart(self) -> None:
        """As `systemctl restart`: the old one answers what it has in hand, then the new one."""
        self.stop()
        self.start()

    def stop(self) -> None:
        self._running.terminate()
        assert self._running.wait(60) == 0


class Alone(Web):
    """A web process that opens its door by itself, as a container's does: while it is restarted it
    takes no connection."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ, self.port = environ, free_port()
        self.start()

    def start(self) -> None:
        self._running = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"],
            cwd=ROOT,
            env={**os.environ, **self._environ, "WEB_CONCURRENCY": "1", "PORT": str(self.port)},
            stderr=subprocess.DEVNULL,
        )
        until(lambda: opens(self.port))


@pytest.fixture(scope="module")
def deployed(
    empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., dict[str, str]]:
    """The settings of a web process with a database of its own."""

    def settings() -> dict[str, str]:
        folder = tmp_path_factory.mktemp("deployed")
        shutil.copy(empty_sqlite, folder / "heard.db")
        return {
            **ENVIRON,
            "DATABASE_URL": f"sqlite:///{folder}/heard.db",
            "RECORDINGS_URL": f"file://{folder}/recordings",
            "SPOOL_FOLDER": f"{folder}/spool",
        }

    return settings


@pytest.fixture(scope="module")
def web(deployed: Callable[..., dict[str, str]]) -> Iterator[Web]:
    running = Web(deployed())
    with closing(running.door):
        yield running
        running.stop()


@pytest.fixture
def two_hosts(deployed: Callable[..., dict[str, str]]) -> Iterator[Sequence[Web]]:
    running = [Alone(deployed()) for _ in range(2)]
    yield running
    for host in running:
        host.stop()


@pytest.fixture(scope="module")
def nginx(web: Web, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real nginx with our example in it."""
    proxy = PROXY.replace("127.0.0.1:8000", f"127.0.0.1:{web.port}")
    with running_nginx(tmp_path_factory.mktemp("nginx"), proxy) as port:
        yield port


@pytest.fixture
def hanging() -> Iterator[socket.socket]:
    """A host whose kernel takes connections and whose web process never answers."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=2048)) as door:
        yield door


@pytest.fixture
def nginx_of_several(web: Web, hanging: socket.socket, tmp_path: Path) -> Iterator[int]:
    """The port of a real nginx before a host that hangs and one that does not."""
    with before_several(tmp_path, hanging.getsockname()[1], web.port) as port:
        yield port


@pytest.fixture
def nginx_of_two(two_hosts: Sequence[Web], tmp_path: Path) -> Iterator[int]:
    with before_several(tmp_path, *(host.port for host in two_hosts)) as port:
        yield port


@contextmanager
def before_several(folder: Path, *ports: int) -> Iterator[int]:
    """The port of a real nginx that was changed for several hosts as the page says."""
    changed = folder / "heard-proxy.conf"
    changed.write_text(PROXY)
    said = re.search(
        r"(?m)^sed -i .* (\S+heard-proxy.conf)$", (ROOT / "docs/deploying.md").read_text()
    )
    assert said
    subprocess.run(["sh", "-c", said[0].replace(said[1], str(changed))], check=True)
    hosts = UPSTREAM
    for name, port in zip(("10.0.0.2:8000", "10.0.0.3:8000"), ports, strict=True):
        hosts = hosts.replace(name, f"127.0.0.1:{port}")
    with running_nginx(folder, changed.read_text(), hosts) as port:
        yield port


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A whole nginx.conf with our site in it, and a certificate where it looks for one."""
    issued(tmp_path)
    said = (ROOT / "deploy/nginx/heard.conf").read_text()
    said = said.replace("/etc/letsencrypt/live/line.example.org", str(tmp_path))
    said = said.replace("/etc/nginx/heard-proxy.conf", str(ROOT / "deploy/nginx/heard-proxy.conf"))
    said = said.replace("listen 80;", f"listen {free_port()};")
    said = said.replace("listen 443 ssl;", f"listen {free_port()} ssl;")
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error.log;\nevents {{}}\nhttp {{ {said} }}\n"
    )
    return whole


def issued(folder: Path) -> None:
    """A certificate that nobody trusts, under the names that certbot gives."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    shown = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "fullchain.pem").write_bytes(shown)
    (folder / "privkey.pem").write_bytes(kept)


@contextmanager
def running_nginx(folder: Path, proxy: str, around: str = "") -> Iterator[int]:
    """The port of an nginx that has `proxy` in its server, and `around` outside of that."""
    port = free_port()
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"{around}\nserver {{ listen 127.0.0.1:{port};\n{proxy} }} }}\n"
    )
    assert PROGRAM, "nginx is missing: make test installs it"
    running = subprocess.Popen([PROGRAM, "-c", folder / "nginx.conf", "-p", folder])
    try:
        until(lambda: opens(port))
        yield port
    finally:
        running.terminate()
        running.wait(60)


def opens(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0
