"""The place where sealed audio lies: a folder of this host, or a bucket that many hosts share.

It knows nothing of seals: bytes by key, in and out. A bucket's address, region and credentials
come from the environment, under the names that Amazon's own programs use (README, Settings).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, GenericError
from obstore.store import LocalStore, from_url

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore, RetryConfig

# Somebody at the desk waits for a voice, and a worker's lease is 40 s: both hear in time.
# Plain http is for a server in the operator's own network, which the endpoint names: what is
# carried is sealed, and the secret key itself never is.
CLIENT: "ClientConfig" = {
    "connect_timeout": timedelta(seconds=3),
    "timeout": timedelta(seconds=15),
    "allow_http": True,
}
RETRIES: "RetryConfig" = {
    "max_retries": 3,
    "retry_timeout": timedelta(seconds=15),
    "backoff": {"init_backoff": timedelta(milliseconds=200), "max_backoff": timedelta(seconds=2)},
}

TRIES = 4
BROKEN = "kind: Interrupted"  # the connection went in the middle of things

NO_ROOM = "the disk is full"
# What Rust, Python and S3 servers write, and what it means; the first that fits is told.
SIGNS = (
    # ENOSPC, EDQUOT and EFBIG; then how servers of S3's kind say the same.
    *((sign, NO_ROOM) for sign in ("os error 28", "os error 122", "os error 27")),
    *((sign, NO_ROOM) for sign in ("Errno 28", "Errno 122", "Errno 27")),
    *((sign, NO_ROOM) for sign in ("507 Insufficient", "StorageFull", "QuotaExceeded")),
    ("NoSuchBucket", "there is no such bucket"),
    ("RequestTimeTooSkewed", "this host's clock is wrong"),
    ("169.254.169.254", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are missing"),
    ("403 Forbidden", "access is refused: see AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
    ("401 Unauthorized", "access is refused: see AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
    *((sign, "it does not answer in time") for sign in ("timed out", "kind: Timeout")),
    ("503 Service", "it has too much to do (503)"),
    (BROKEN, "the connection to it breaks"),
    ("Connect", "it cannot be reached"),
)


class StoreAway(Exception):
    """The place where audio lives cannot be used: full, not mounted, refused, not reached."""


class Place:
    """The place of RECORDINGS_URL. Everything here may raise StoreAway."""

    def __init__(self, url: str, *, mkdir: bool = True) -> None:
        """`mkdir`: a folder that is not there is made; who only reads from it rather hears."""
        self._folder = Path(url.removeprefix("file://")).absolute() if _local(url) else None
        if self._folder and not mkdir and not self._folder.is_dir():
            raise StoreAway("there is no such folder")
        self._store: ObjectStore
        with named_troubles():
            if self._folder:
                self._store = LocalStore(self._folder, mkdir=True)
            else:
                self._store = from_url(url, client_options=CLIENT, retry_config=RETRIES)

    def put(self, key: str, sealed: bytes) -> None:
        """Keep bytes under a key, in the place of whatever was there."""
        with named_troubles():
            obstore.put(self._store, key, sealed)
            if self._folder:
                _onto_disk(self._folder, self._folder / key)

    def put_once(self, key: str, sealed: bytes) -> None:
        """Keep bytes under a key that says what they are.

        What a bucket has it has whole, so that the first stays: whoever comes late, or asks again
        because the answer was lost, changes nothing. On a disk a power cut may have spoiled it.
        """
        if self._folder:
            self.put(key, sealed)
            return
        with suppress(AlreadyExistsError), named_troubles():
            for left in reversed(range(TRIES)):
                try:
                    obstore.put(self._store, key, sealed, mode="create")
                    return
                except GenericError as why:
                    # The library does not ask again itself: it cannot know that it is the same.
                    if not left or BROKEN not in str(why):
                        raise

    def get(self, key: str) -> bytes | None:
        """All of the bytes, or None where there are none (any more)."""
        try:
            with named_troubles():
                return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError:
            return None

    def begin(self, key: str, length: int) -> tuple[int, bytes]:
        """How many bytes there are, and the first of them. Raises FileNotFoundError.

        One request, which unlike one for the size tells a missing bucket from a missing key.
        """
        with named_troubles():
            try:
                found = obstore.get(self._store, key, options={"range": (0, length)})
                return found.meta["size"], bytes(found.bytes())
            except BaseError as why:
                if _nothing_in_it(why):
                    return 0, b""
                raise

    def part(self, key: str, start: int, end: int) -> bytes:
        """The bytes from `start` up to `end`. Raises FileNotFoundError."""
        with named_troubles():
            return bytes(obstore.get_range(self._store, key, start=start, end=end))

    def size(self, key: str) -> int | None:
        """How many bytes there are, or None."""
        try:
            with named_troubles():
                return int(obstore.head(self._store, key)["size"])
        except FileNotFoundError:
            return None

    def listed(self, many: int) -> Iterator[dict[str, int]]:
        """Every key and its size, so many at a time."""
        with named_troubles():
            for batch in obstore.list(self._store, chunk_size=many):
                yield {entry["path"]: entry["size"] for entry in batch}

    def delete(self, key: str) -> None:
        """Remove the bytes; those that are gone already are no error (an erasure may run twice)."""
        with suppress(FileNotFoundError), named_troubles():
            obstore.delete(self._store, key)


def _local(url: str) -> bool:
    return urlsplit(url).scheme == "file"


@contextmanager
def named_troubles() -> Iterator[None]:
    """Whatever the store, or the disk below it, makes of its troubles: one exception of ours.

    A key that is taken and a key that is not there are no troubles; a missing bucket is one.
    """
    try:
        yield
    except AlreadyExistsError:
        raise
    except (BaseError, OSError) as why:
        words = str(why)
        if isinstance(why, FileNotFoundError) and "NoSuchBucket" not in words:
            raise
        meant = next((meaning for sign, meaning in SIGNS if sign in words), type(why).__name__)
        raise StoreAway(meant) from why


def _nothing_in_it(why: BaseError) -> bool:
    return "StartTooLarge" in str(why) or "416 " in str(why)


def _onto_disk(folder: Path, path: Path) -> None:
    # Twilio's copy is deleted after this: ours must be on the disk itself, with every name on
    # the way to it (the month's folder may be new).
    for place in (path, *(p for p in path.parents if p.is_relative_to(folder))):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
