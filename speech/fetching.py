"""Fetches a speech model: finds, downloads, unpacks and tries it, and puts it in its place."""

import errno
import os
import shutil
from pathlib import Path

import requests
from urllib3.exceptions import HTTPError

from speech import models, trial
from speech.catalogue import LIST, NoList, Offer, offers
from speech.downloading import CONNECT, READ, CannotFetch, Progress, download, verify
from speech.shelf import alone, doubt_room, kept
from speech.unpacking import BadArchive, unpack

VOSK = "https://alphacephei.com/vosk/models"
LONGEST_LIST = 5_000_000  # bytes; Vosk's own is under 50 kB


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
    part = models_dir / f"{offer.name}.zip.part"
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        with alone(part, offer):
            if place.exists():
                raise CannotFetch(f"{place} is there already: remove it to fetch it again")
            doubt_room(offer, part)
            download(f"{base.rstrip('/')}/{offer.name}.zip", offer, part, on_bytes)
            verify(offer, part)
            _put(offer, part, place)
    except OSError as why:
        full = kept(part) if why.errno == errno.ENOSPC else ""
        said = f"cannot be written to: {why.strerror or why}{full}"
        raise CannotFetch(f"{models_dir} {said}") from why
    return place


def _put(offer: Offer, part: Path, place: Path) -> None:
    """Unpacked beside its place and moved in one step: a worker sees all of it or nothing."""
    aside = place.parent / f".{offer.name}.unpacking"
    shutil.rmtree(aside, ignore_errors=True)  # a fetch that was killed leaves it, and it is large
    aside.mkdir()
    try:
        folder = unpack(part, offer.name, aside)
        models.check(folder)
        trial.stand(folder)
        os.rename(folder, place)
        part.unlink()
    except (BadArchive, models.NoModel) as why:
        part.unlink()
        said = str(why).replace(str(aside), "") if isinstance(why, models.NoModel) else str(why)
        raise CannotFetch(f"{offer.name} is not used, and was removed: {said}") from why
    finally:
        shutil.rmtree(aside, ignore_errors=True)
