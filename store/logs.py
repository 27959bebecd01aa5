"""One line for each event, on stderr: JSON in production, plain words on a laptop.

Never a number, a body or a transcript: what we log is ours, and of what others raise only the kind
and the place are kept, as the text of an exception may quote what somebody said.
"""

import hashlib
import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

OURS = ("handlers", "workers", "store", "speech", "dialogue", "__main__")
_trace: ContextVar[str | None] = ContextVar("trace", default=None)


def trace_id(sid: str) -> str:
    """What follows one text or call through the logs: twelve hex digits that lead nowhere else."""
    return hashlib.sha256(sid.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def follow(sid: str | None) -> None:
    """Everything that this thread logs from now on belongs to this text or call; None: to none."""
    _trace.set(trace_id(sid) if sid else None)


class Line(logging.Formatter):
    """An event as one line."""

    def __init__(self, process: str, as_json: bool) -> None:
        super().__init__()
        self._process, self._json = process, as_json

    def format(self, record: logging.LogRecord) -> str:
        """The line. Of what other programs log only the first line: the rest may quote rows."""
        known = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage().partition("\n")[0],
            "process": self._process,
            "logger": record.name,
            "trace": _trace.get(),
            "raised": raised(record),
        }
        if self._json:
            return json.dumps({name: value for name, value in known.items() if value})
        extra = " ".join(known[name] or "" for name in ("trace", "raised")).strip()
        return f"{record.name}: {known['event']}{f' [{extra}]' if extra else ''}"


def raised(record: logging.LogRecord) -> str | None:
    """What was raised and where, without its text."""
    if not record.exc_info or record.exc_info[0] is None:
        return None
    where = [f"{f.name}:{f.lineno}" for f in traceback.extract_tb(record.exc_info[2])][-3:]
    return f"{fault(record.exc_info[1])} in {' > '.join(where)}"


def fault(why: BaseException | None) -> str:
    """What failed, by names alone; of a database also its own: SQLITE_FULL is a full disk."""
    told = getattr(why, "orig", None)
    code = getattr(told, "sqlite_errorname", None) or getattr(told, "sqlstate", None)
    return f"{type(why).__name__} ({code})" if code else type(why).__name__


def start(process: str, as_json: bool) -> None:
    """Log like this from here on: our own events, and what other programs warn of."""
    handler = logging.StreamHandler()
    handler.setFormatter(Line(process, as_json))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # No line of ours says in which thread, process or place of the code it was written.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None
    for room in OURS:
        logging.getLogger(room).setLevel(logging.INFO)
