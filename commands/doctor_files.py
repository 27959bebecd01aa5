"""`doctor` on recordings: whether each row has its file, and each file its row."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config import Settings
from store.batches import batch
from store.models import Recording
from store.recordings import Recordings, StoreAway
from store.seal import Seal
from workers.setup_findings import OK, WARNING, WRONG, Finding

BATCH = 500


def look(session: Session, settings: Settings) -> Iterator[Finding]:
    """Both sides counted, a batch at a time: a million recordings need no more memory."""
    seal = Seal(settings.sealing_keys, settings.join_key)
    try:
        store = Recordings(settings.recordings_url, seal)
        named = session.scalar(select(func.count(Recording.audio_key))) or 0
        there = known = 0
        for keys in store.keys(BATCH):
            there, known = there + len(keys), known + _known(session, keys)
        # One by one only where the counts differ: a request for each takes hours with a bucket.
        lost = sum(not store.has(key) for key, _ in stored(session)) if known < named else 0
        yield Finding(WRONG if lost else OK, "rows without files", str(lost))
        strays = there - known
        yield Finding(WARNING if strays else OK, "files without rows", str(strays))
    except StoreAway as why:
        words = f"{settings.recordings_url} cannot be used ({why})"
        yield Finding(WRONG, "recordings", words)


def _known(session: Session, keys: list[str]) -> int:
    return session.scalar(select(func.count()).where(Recording.audio_key.in_(keys))) or 0


def stored(session: Session) -> Iterator[tuple[str, str | None]]:
    """The key and the checksum of each recording that has a file, a batch at a time."""
    last = 0
    while rows := batch(session, Recording, last, Recording.audio_key, Recording.sha256):
        last = rows[-1][0]
        yield from ((key, digest) for _, key, digest in rows if key)
