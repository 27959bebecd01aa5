"""A count that the processes of one host share, kept in a file that has no name.

Opened before the web server forks. It needs no Redis, takes no lock that a killed process could
hold, and ends with the server: Prometheus knows what a count that starts again means.
"""

import os
import tempfile
import weakref

MOST = 10_000_000  # bytes; then it starts again


class Tally:
    """Counts up by one, from any process that inherited it: each count is a byte in the file."""

    def __init__(self) -> None:
        made, name = tempfile.mkstemp()
        os.close(made)
        # Appending: each byte goes to the end, whoever else writes.
        self._file = os.open(name, os.O_RDWR | os.O_APPEND)
        os.unlink(name)
        weakref.finalize(self, os.close, self._file)

    def add(self) -> None:
        """One more."""
        try:
            if self.count() >= MOST:
                os.ftruncate(self._file, 0)
            os.write(self._file, b".")
        except OSError:
            return  # the disk is full: whoever waits for an answer matters more than a count

    def count(self) -> int:
        """How many so far."""
        return os.fstat(self._file).st_size
