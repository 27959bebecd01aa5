"""Ports for what a test starts, that the machine does not hand to anybody meanwhile.

A port that the system names (bind to 0) is one of those it also gives to connections that go out:
until our server listens there, or while it is killed and started again, one may take it.
"""

import random
import socket

# Beneath what Linux (32768) and macOS (49152) give to connections, above what services use.
FIRST, LAST = 10_240, 32_000
_next = random.randrange(FIRST, LAST)  # runs and workers beside this one begin elsewhere


def free_port(behind: int = 0) -> int:
    """A port that this process has not had yet, with so many right behind it that are free too."""
    global _next
    while True:
        port, _next = _next, _next + 1 + behind
        if _next > LAST:
            _next = FIRST
        elif all(map(_is_free, range(port, _next))):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True
