"""Run the practice phone: ``python -m practice``."""

import logging
import os
import signal
import sys
from contextlib import suppress

from werkzeug.serving import make_server

from practice.page import build
from practice.settings import SettingError, Settings, read_settings

HOST = "127.0.0.1"


def main() -> None:
    """Serve until SIGTERM or Ctrl-C; leave with status 1 and one line when that cannot be."""
    try:
        settings = read_settings(os.environ)
    except SettingError as error:
        sys.exit(f"practice phone: {error}")
    for number in (signal.SIGTERM, signal.SIGINT):  # a shell's background job ignores the second
        signal.signal(number, signal.default_int_handler)
    # One line a request would bury what the line itself prints in the same terminal.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    # Both signals end it in the same quiet way, also while it is still starting.
    with suppress(KeyboardInterrupt):
        serve(settings)


def serve(settings: Settings) -> None:
    """Serve the page, the controls and Twilio's API on this machine only."""
    server = make_server(HOST, settings.port, build(settings.phone()), threaded=True)
    print(f"practice phone: http://localhost:{settings.port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
