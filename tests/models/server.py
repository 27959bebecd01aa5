"""A server of models as Vosk's is, and the ways in which a server lets one down."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any


def zipped(folder: Path, name: str) -> bytes:
    """The model in `folder` as Vosk packs one: a single folder called `name`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, f"{name}/{path.relative_to(folder)}")
    return target.getvalue()


def entry(name: str, data: bytes, **other: Any) -> dict[str, Any]:
    """One model as Vosk's list tells of it."""
    return {
        "lang": "en-us",
        "lang_text": "US English",
        "md5": hashlib.md5(data).hexdigest(),
        "name": name,
        "obsolete": "false",
        "size": len(data),
        "size_text": f"{len(data) / 2**20:.1f}MiB",
        "type": "small",
        "url": f"https://elsewhere.example.org/{name}.zip",
        "version": "0.1",
        **other,
    }


class Models:
    """What the server has: files by name, a list, what was asked for, and its bad habits."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.breaks_after: list[int] = []  # bytes of each answer to come, then it hangs up
        self.knows_ranges = True
        self.headers: dict[str, str] = {}  # of each answer with a file, besides its length
        self.url = ""

    def offer(self, name: str, data: bytes, **other: Any) -> None:
        entries = json.loads(self.files.get("model-list.json", b"[]"))
        self.files[f"{name}.zip"] = data
        self.files["model-list.json"] = json.dumps([*entries, entry(name, data, **other)]).encode()

    def ranges(self, name: str) -> list[str | None]:
        """The Range of each request for a file."""
        return [asked for path, asked in self.asked if path == f"/{name}"]


@contextmanager
def serving() -> Iterator[Models]:
    """The server, on a port of its own, until the end of the block."""
    models = Models()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            models.asked.append((self.path, self.headers.get("Range")))
            data = models.files.get(self.path[1:])
            if data is None:
                self.send_error(404)
                return
            asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            start = int(asked[1]) if asked and models.knows_ranges else 0
            if start >= len(data) > 0:
                self.send_error(416)
                return
            self.send_response(206 if asked and models.knows_ranges else 200)
            self.send_header("Content-Length", str(len(data) - start))
            for name, value in models.headers.items() if self.path.endswith(".zip") else ():
                self.send_header(name, value)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            self.end_headers()
            whole = not (models.breaks_after and self.path.endswith(".zip"))
            end = len(data) if whole else start + models.breaks_after.pop(0)
            self.wfile.write(data[start:end])
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing: the tests look at `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    models.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield models
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
