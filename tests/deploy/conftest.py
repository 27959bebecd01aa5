"""A line as systemd runs it: its door is held open by somebody else, and nginx stands before it."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ENVIRON, ROOT
from tests.ports import free_port
from tests.workers.parts import until

PROXY = (ROOT / "deploy/nginx/heard-proxy.conf").read_text()
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


@pytest.fixture(scope="module")
def web(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("deployed")
    shutil.copy(empty_sqlite, folder / "heard.db")
    environ = {
        **ENVIRON,
        "DATABASE_URL": f"sqlite:///{folder}/heard.db",
        "RECORDINGS_URL": f"file://{folder}/recordings",
        "SPOOL_FOLDER": f"{folder}/spool",
    }
    running = Web(environ)
    with closing(running.door):
        yield running
        running.stop()


@pytest.fixture(scope="module")
def nginx(web: Web, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real nginx with our example in it."""
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    proxy = PROXY.replace("127.0.0.1:8000", f"127.0.0.1:{web.port}")
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"server {{ listen 127.0.0.1:{port};\n{proxy} }} }}\n"
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert program, "nginx is missing: make test installs it"
    running = subprocess.Popen([program, "-c", folder / "nginx.conf", "-p", folder])
    until(lambda: opens(port))
    yield port
    running.terminate()
    running.wait(60)


def opens(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0
