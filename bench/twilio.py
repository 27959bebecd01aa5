"""Twilio's part in a benchmark, and the least of it: sounds from a folder, deleted when asked."""

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Sounds(BaseHTTPRequestHandler):
    """GET gives a sound, DELETE says that it is gone (it stays for the next round)."""

    protocol_version = "HTTP/1.1"  # as Twilio's: a connection serves more than one request
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """The sound, or 404."""
        path = Path(os.environ["BENCH_SOUNDS"]) / f"{Path(self.path).stem}.wav"
        sound = path.read_bytes() if path.exists() else b""
        self.send_response(200 if sound else 404)
        self.send_header("Content-Length", str(len(sound)))
        self.end_headers()
        self.wfile.write(sound)

    def do_DELETE(self) -> None:
        """Always well."""
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Sounds).serve_forever()
