"""Opens every recording and compares it with what was stored: slow, and told as it goes."""

import hashlib
from collections.abc import Iterator

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import config
from commands.doctor_files import stored
from store.models import Recording
from store.recordings import Recordings, StoreAway
from store.seal import CannotOpen, Seal
from workers.setup_findings import OK, WRONG, Finding

TELL = 1000


def look(session: Session, settings: config.Settings) -> Iterator[Finding]:
    """How many are not what was stored, of those opened before the place of sound broke away.

    One without a file is counted elsewhere.
    """
    looked, changed, broken = 0, 0, ""
    try:
        store = Recordings(settings.recordings_url, Seal(settings.sealing_keys, settings.join_key))
        whole = session.scalar(select(func.count()).select_from(Recording)) or 0
        for key, digest in stored(session):
            if digest is None:
                continue
            changed += not _right(store, key, digest)
            looked += 1
            if looked % TELL == 0:
                click.echo(f"checksums: {looked:,} of at most {whole:,}", err=True)
    except StoreAway as why:
        broken = f"; broken off there ({why})"
    words = f"{changed} of {looked:,} recordings are not what was stored{broken}"
    yield Finding(WRONG if changed or broken else OK, "checksums", words)


def _right(store: Recordings, key: str, digest: str) -> bool:
    try:
        with store.open(key) as audio:
            return hashlib.sha256(audio.read()).hexdigest() == digest
    except FileNotFoundError:
        return True
    except CannotOpen:
        return False
