"""Fetches a speech model: downloads, goes on where it stopped, checks, unpacks, puts in place."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import requests
from urllib3.exceptions import HTTPError

from speech import models
from speech.catalogue import LIST, NoList, Offer, offers
from speech.unpacking import BadArchive, unpack

VOSK = "https://alphacephei.com/vosk/models"
CONNECT, READ = 10, 30  # seconds
TRIES = 3  # of a connection that breaks; then the operator decides
BLOCK = 1 << 16
LONGEST_LIST = 5_000_000  # bytes; Vosk's own is under 50 kB

Progress = Callable[[int], None]


class CannotFetch(Exception):
    """Raised when a model cannot be had; the message is one line for the operator."""


def listed(base: str) -> list[Offer]:
    """What the server offers. Raises CannotFetch."""
    address = f"{base.rstrip('/')}/{LIST}"
    try:
        with requests.get(address, timeout=(CONNECT, READ), stream=True) as answer:
            if answer.status_code != requests.codes.ok:
                raise CannotFetch(f"{address} answered {answer.status_code}")
            return offers(answer.raw.read(LONGEST_LIST, decode_content=True))
    except NoList as why:
        raise CannotFetch(f"{address} is no list of models: {why}") from why
    except (requests.RequestException, HTTPError, OSError) as why:
        raise CannotFetch(f"{address} cannot be reached ({type(why).__name__})") from why


def fetch(base: str, offer: Offer, models_dir: Path, on_bytes: Progress) -> Path:
    """Put the model under its name into `models_dir`, whole and checked, or not at all.

    A download that breaks off stays as NAME.zip.part, and the next call goes on from there;
    `on_bytes` gets each number of bytes that are there. Raises CannotFetch.
    """
    place = models_dir / offer.name
    if place.exists():
        raise CannotFetch(f"{place} is there already: remove it to fetch it again")
    part = models_dir / f"{offer.name}.zip.part"
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        _download(f"{base.rstrip('/')}/{offer.name}.zip", offer, part, on_bytes)
        _verify(offer, part)
        _put(offer, part, place)
    except OSError as why:
        raise CannotFetch(f"{models_dir} cannot be written to: {why.strerror or why}") from why
    return place


def _download(address: str, offer: Offer, part: Path, on_bytes: Progress) -> None:
    """Whatever the address in the list says, the file lies beside the list: so do mirrors."""
    why = ""
    for _ in range(TRIES):
        have = part.stat().st_size if part.exists() else 0
        if have == offer.size:
            on_bytes(have)
            return
        try:
            _go_on(address, offer, part, have if have < offer.size else 0, on_bytes)
        except (requests.RequestException, HTTPError) as error:
            why = type(error).__name__
    have = part.stat().st_size if part.exists() else 0
    if have != offer.size:
        why = f" ({why})" if why else ""
        raise CannotFetch(
            f"the download broke off after {have:,} of {offer.size:,} bytes{why}: "
            "fetch again, and it goes on from there"
        )


def _go_on(address: str, offer: Offer, part: Path, have: int, on_bytes: Progress) -> None:
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with requests.get(address, headers=headers, timeout=(CONNECT, READ), stream=True) as answer:
        if answer.status_code == 416:  # there is nothing to go on with: what we have is all of it
            part.unlink()
            raise CannotFetch(f"{address} is shorter than the list says: what came was removed")
        if answer.status_code not in (200, 206):
            raise CannotFetch(f"{address} answered {answer.status_code}")
        # A server that knows no ranges sends it all again; one that sends another range is not
        # believed, and the checksum stands behind both.
        goes_on = answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        have = have if answer.status_code == 206 and goes_on else 0
        with part.open("ab") as file:
            file.truncate(have)
            # Not iter_content: it drops the last bytes before a break.
            while block := answer.raw.read1(BLOCK):
                have += len(block)
                if have > offer.size:
                    file.truncate(0)
                    raise CannotFetch(f"{address} is larger than the list says")
                file.write(block)
                on_bytes(have)


def _verify(offer: Offer, part: Path) -> None:
    with part.open("rb") as file:
        found = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if found != offer.md5:
        part.unlink()
        raise CannotFetch(f"what came as {offer.name} has a wrong checksum, and was removed")


def _put(offer: Offer, part: Path, place: Path) -> None:
    """Unpacked beside its place and moved in one step: a worker sees all of it or nothing."""
    aside = place.parent / f".{offer.name}.unpacking"
    shutil.rmtree(aside, ignore_errors=True)  # a fetch that was killed leaves it, and it is large
    aside.mkdir()
    try:
        folder = unpack(part, offer.name, aside)
        models.check(folder)
        os.rename(folder, place)
        part.unlink()
    except (BadArchive, models.NoModel) as why:
        part.unlink()
        said = str(why).replace(str(aside), "") if isinstance(why, models.NoModel) else str(why)
        raise CannotFetch(f"{offer.name} is not used, and was removed: {said}") from why
    finally:
        shutil.rmtree(aside, ignore_errors=True)
