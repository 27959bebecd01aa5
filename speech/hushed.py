"""Keeps what the MP3 decoder says of a bad file off the log: thousands of lines, of use to nobody.

libmpg123 writes them itself, past Python, and soundfile has no way to tell it not to.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import BinaryIO

STDERR = 2
ITS_OWN = b"[src/libmpg123/"  # each of its lines begins so
_one_at_a_time = Lock()  # there is one stderr, and a second would put the first's back as its own

log = logging.getLogger(__name__)


@contextmanager
def hushed() -> Iterator[None]:
    """Its lines become one in the log; what anybody else writes meanwhile follows after."""
    with _one_at_a_time, tempfile.TemporaryFile() as held:
        _flush()
        stderr = os.dup(STDERR)
        os.dup2(held.fileno(), STDERR)
        try:
            yield
        finally:
            _flush()
            os.dup2(stderr, STDERR)
            os.close(stderr)
            faults = _passed_on(held)
        if faults:
            log.warning("an MP3 file has faults: its decoder told of %d", faults)


def _flush() -> None:
    if sys.stderr:  # a process may have none of Python's
        sys.stderr.flush()


def _passed_on(held: BinaryIO) -> int:
    """How many lines are the decoder's; the others go where they were meant for."""
    held.seek(0)
    faults = 0
    for line in held:
        if line.startswith(ITS_OWN):
            faults += 1
        else:
            os.write(STDERR, line)
    return faults
