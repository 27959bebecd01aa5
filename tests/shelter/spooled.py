"""A line whose database can be taken away, and what then lies on its disk."""

import time
from contextlib import contextmanager
from pathlib import Path

from handlers.replay import Replay
from store.spool import Spool
from tests.driver import Line


class Sheltered(Line):
    """The line with a spool of its own, on SQLite unless another database is named."""

    @property
    def spool(self) -> Spool:
        return self.app.extensions["heard.shelter"].spool

    @property
    def replay(self) -> Replay:
        return self.app.extensions["heard.shelter"].replay

    def __exit__(self, *why):
        self.replay.stop()
        super().__exit__(*why)

    @contextmanager
    def away(self):
        """The disk of the database is gone: nothing opens until it is back."""
        path = Path(self.environ["DATABASE_URL"].removeprefix("sqlite:///"))
        self.house.database.engine.dispose()
        path.rename(path.with_suffix(".gone"))
        path.mkdir()
        try:
            yield
        finally:
            path.rmdir()
            path.with_suffix(".gone").rename(path)

    def caught_up(self):
        """Wait until nothing waits."""
        until = time.monotonic() + 60
        while self.spool.waiting():
            assert time.monotonic() < until, f"{self.spool.depth()} still wait"
            self.replay.round()
            time.sleep(0.02)

    def files(self):
        """What lies in the spool, but for its locks."""
        folder = Path(self.environ["SPOOL_FOLDER"])
        return [p for p in sorted(folder.iterdir()) if p.suffix in (".spool", ".half", ".aside")]
