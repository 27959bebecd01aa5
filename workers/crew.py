"""The process that holds the models, and keeps hands at work that share them.

Hands are forked after the models are loaded: one copy in memory, however many they are. When a
model is replaced, the hands finish what they have, and others with the new one take their places.
"""

import gc
import logging
import signal
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import IO

from speech.loaded import Loaded
from workers import hand
from workers.room import renew

EVERY = 2.0  # seconds between two looks at the models
BREATH = 0.5  # seconds: a hand that cannot live must not be forked as fast as it ends
STOPS = (signal.SIGTERM, signal.SIGINT)

log = logging.getLogger(__name__)


class Crew:
    """So many hands at the queue, until SIGTERM or SIGINT; none holds a model of its own."""

    def __init__(self, redis_url: str, size: int, loaded: Loaded) -> None:
        self._redis_url, self._size, self._loaded = redis_url, size, loaded
        self._hands: list[BaseProcess] = []
        self._turn = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the crew is
        self._leaving = False

    def work(self) -> None:
        """Keep the hands at work; when told to stop, let each finish the job that it has."""
        for number in STOPS:
            signal.signal(number, self._leave)
        while self._hands or not self._leaving:
            self._mourn()
            if not self._leaving and renew(self._loaded):
                self._dismiss()
            while len(self._hands) < self._size and not self._leaving:
                self._take_on()
            wait([one.sentinel for one in self._hands], EVERY)

    def _take_on(self) -> None:
        # What lives now lives as long as we do: no collection touches it, so it stays shared.
        gc.collect()
        gc.freeze()
        # A stop in the very moment of the fork must find the hand in the list.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        new = get_context("fork").Process(target=_begin, args=(self._redis_url, self._turn))
        new.start()
        self._hands.append(new)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)

    def _mourn(self) -> None:
        for gone in [one for one in self._hands if not one.is_alive()]:
            self._hands.remove(gone)
            if gone.exitcode:
                log.warning("a worker ended (%d); another takes its place", gone.exitcode)
                time.sleep(BREATH)

    def _leave(self, _number: int, _frame: FrameType | None) -> None:
        self._leaving = True
        self._dismiss()

    def _dismiss(self) -> None:
        for one in self._hands:
            one.terminate()


def _begin(redis_url: str, turn: IO[bytes]) -> None:
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    hand.work(redis_url, turn)
