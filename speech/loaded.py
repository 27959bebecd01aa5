"""The model of each language, loaded, and loaded anew when an operator has replaced its files."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from speech import models, transcriber, trial
from speech.models import NoModel
from speech.transcriber import Model

SETTLED = 5.0  # seconds without a change: by then nobody is in the middle of copying files
# Seconds. A model that would not load may have lacked memory for a moment; the crew looks every two
# seconds, and cannot see to its hands while a large one is tried.
TRY_AGAIN = 600.0


@dataclass
class _Slot:
    """One language: the name line.toml gives, what is loaded, and what the files looked like.

    `stamp` is how they looked when a load was last tried, `seen` how at the last look, and so
    since `seen_at` (seconds of time.monotonic). `tried_at`: the last load, or the first look.
    """

    name: str | None
    model: Model | None
    stamp: object
    seen: object
    seen_at: float
    tried_at: float | None = None


class Loaded(Mapping[str, Model | None]):
    """Language -> model, or None where it is missing or damaged and recordings have to wait.

    The parent of the workers makes it, calls `refresh` now and then, and forks its workers anew
    when a model is new: all share one copy, and a recording in hand ends with the one it began
    with.
    """

    def __init__(self, models_dir: Path, names: Mapping[str, str | None]) -> None:
        """`names`: the model of each language by name, None for the demo model. Loads them all.

        Raises nothing: what is wrong with a model is in `wrong`, one line by language.
        """
        self.wrong: dict[str, str] = {}
        self._dir = models_dir
        self._slots: dict[str, _Slot] = {}
        for language, name in names.items():
            stamp = self._stamp(name)
            self._slots[language] = _Slot(name, None, stamp, stamp, 0.0)
            self._load(language)

    def refresh(self, now: float | None = None) -> list[str]:
        """Load whatever was replaced and lies still since; the languages that have a new model.

        Where none stands at all, what would not load is tried again after ten minutes.

        A model that is damaged, or gone, never takes the place of one that works. `now` is in
        seconds of `time.monotonic`. Without a change it costs a look at each file's size and
        time: under a millisecond.
        """
        now = time.monotonic() if now is None else now
        return [language for language in self._slots if self._refreshed(language, now)]

    def __getitem__(self, language: str) -> Model | None:
        return self._slots[language].model

    def __iter__(self) -> Iterator[str]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)

    def _refreshed(self, language: str, now: float) -> bool:
        slot = self._slots[language]
        stamp = self._stamp(slot.name)
        if stamp != slot.seen:
            slot.seen, slot.seen_at = stamp, now
        if slot.tried_at is None:
            slot.tried_at = now
        again = slot.model is None and now - slot.tried_at >= TRY_AGAIN
        if (stamp == slot.stamp and not again) or now - slot.seen_at < SETTLED:
            return False
        slot.stamp, slot.tried_at = stamp, now
        return self._load(language)

    def _load(self, language: str) -> bool:
        slot = self._slots[language]
        try:
            name, folder = models.find(self._dir, slot.name)
            trial.stand(folder)
            slot.model = transcriber.load(folder, name)
        except NoModel as why:
            self.wrong[language] = why.reason
            return False
        self.wrong.pop(language, None)
        return True

    def _stamp(self, name: str | None) -> object:
        try:
            return models.stamp(models.find(self._dir, name)[1])
        except NoModel:
            return None
