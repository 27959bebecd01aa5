"""How gunicorn serves the line; PORT and WEB_CONCURRENCY as everywhere."""

import gc
import os
from typing import Any

wsgi_app = "app:create_app()"
port = os.environ.get("PORT") or "8000"
# A PORT that is no number is named by our own settings, which are read before anybody listens.
bind = f"0.0.0.0:{port if port.isdecimal() else 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 8
preload_app = True  # a wrong setting ends the start, in one line, and memory is shared
timeout = 30
graceful_timeout = 20  # a webhook in hand is answered before a restart
keepalive = 5
limit_request_line = 2048
forwarded_allow_ips = ""  # signatures are checked on PUBLIC_URL: no forwarded header is trusted
control_socket_disable = True
loglevel = "warning"


# What is imported stays: to look through it for garbage again and again was an eighth of the start.
gc.disable()


def when_ready(server: Any) -> None:
    """All is loaded, and nothing forked yet: what is here is shared, and never looked through."""
    gc.freeze()
    gc.enable()


def post_worker_init(worker):
    """What an earlier process left in the spool is brought back without waiting for a webhook."""
    worker.app.wsgi().extensions["heard.shelter"].replay.begin()


def worker_exit(server, worker):
    """The row in hand is finished; what waits in the spool waits for the next process."""
    worker.app.wsgi().extensions["heard.shelter"].replay.stop()


def on_starting(server: Any) -> None:
    """What we log, and what gunicorn has to say, go one way: a line for each event."""
    from store import logs  # the settings are read before our folder can be imported from

    logs.start("web", os.environ.get("HEARD_ENV") == "production")
    server.log.error_log.handlers.clear()
    server.log.error_log.propagate = True
