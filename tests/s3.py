"""An S3 server in a process of its own, and a road to it that can be made slow, odd or closed."""

import http.client
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.ports import free_port
from tests.workers.parts import until

Odd = Callable[[BaseHTTPRequestHandler], None]
SECRETS = {"AWS_ACCESS_KEY_ID": "heard", "AWS_SECRET_ACCESS_KEY": "s3-of-the-tests"}


class S3:
    """Moto's server behind a road; `oddly` holds what is to happen to the next requests."""

    def __init__(self) -> None:
        self.port = free_port()
        words = ["-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self._server = subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.oddly: list[Odd] = []
        self.asked: list[str] = []
        self._road = ThreadingHTTPServer(("127.0.0.1", 0), _road(self))
        self._road.daemon_threads = True
        Thread(target=self._road.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._road.server_port}"
        self.environ = {
            "AWS_ENDPOINT_URL_S3": self.url,
            "AWS_REGION": "eu-west-2",
            **SECRETS,
        }
        until(self._listens, 60)

    def bucket(self, name: str) -> str:
        """A new bucket; its address."""
        self.ask("PUT", f"/{name}")
        return f"s3://{name}/line"

    def only_for_known_keys(self, yes: bool) -> None:
        """Whether credentials must be those of somebody: nobody has an account here."""
        self.ask("POST", "/moto-api/reset-auth", b"0" if yes else b"inf")

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        there.request(method, path, body, headers)
        answer = there.getresponse()
        found = answer.status, answer.read()
        there.close()
        return found

    def close(self) -> None:
        self._road.shutdown()
        self._road.server_close()
        self._server.terminate()
        self._server.wait()

    def _listens(self) -> bool:
        with suppress(OSError):
            return self.ask("GET", "/")[0] == 200
        return False


def _road(s3: S3) -> type[BaseHTTPRequestHandler]:
    class Request(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            s3.asked.append(f"{self.command} {self.path}")
            if s3.oddly:
                s3.oddly.pop(0)(self)
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            there = http.client.HTTPConnection("127.0.0.1", s3.port, timeout=30)
            there.request(self.command, self.path, body, dict(self.headers))
            answer = there.getresponse()
            content = answer.read()
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                    self.send_header(name, value)
            length = answer.getheader("Content-Length") if self.command == "HEAD" else None
            self.send_header("Content-Length", length or str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            there.close()

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = pass_on  # noqa: N815

        def handle(self) -> None:
            with suppress(ConnectionError):
                super().handle()

        def log_message(self, *_: object) -> None:
            pass

    return Request


def drops(request: BaseHTTPRequestHandler) -> None:
    """The connection ends in the middle of things."""
    request.close_connection = True
    request.connection.close()


def says(status: int, code: str) -> Odd:
    """An error in S3's own words."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        body = f"<Error><Code>{code}</Code></Error>".encode() if request.command != "HEAD" else b""
        request.send_response(status)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def after(seconds: float, then: Odd) -> Odd:
    """The same, but slowly."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        then(request)

    return answer


def lost_answer(s3: S3) -> Odd:
    """S3 does what it is asked, and nobody hears that it did."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        s3.ask(request.command, request.path, body, **dict(request.headers))
        drops(request)

    return answer
