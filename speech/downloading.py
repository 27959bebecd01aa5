"""Downloads a model's file: goes on where it stopped, and takes nothing else for it."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import requests
from urllib3.exceptions import HTTPError

from speech.catalogue import Offer

CONNECT, READ = 10, 30  # seconds
TRIES = 3  # of a connection that breaks; then the operator decides
BLOCK = 1 << 16

Progress = Callable[[int], None]


class CannotFetch(Exception):
    """Raised when a model cannot be had; the message is one line for the operator."""


def download(address: str, offer: Offer, part: Path, on_bytes: Progress) -> None:
    """The file at `address` into `part`, from where that ends on. Raises CannotFetch.

    Whatever the address in the list says, the file lies beside the list: so do mirrors.
    """
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
        if answer.status_code == 200:
            _doubt(address, offer, answer.headers)
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


def _doubt(address: str, offer: Offer, told: Mapping[str, str]) -> None:
    """A page that asks for a sign-in must not be kept as the beginning of a model."""
    if told.get("Content-Encoding", "identity") != "identity":
        raise CannotFetch(f"{address} comes packed ({told['Content-Encoding']}), not as it is")
    size = told.get("Content-Length", "")
    if size.isdecimal() and int(size) != offer.size:
        differs = "larger" if int(size) > offer.size else "shorter"
        raise CannotFetch(f"{address} is {differs} than the list says: nothing of it was kept")


def verify(offer: Offer, part: Path) -> None:
    """Raises CannotFetch, and removes `part`, where it is not what the list promises."""
    with part.open("rb") as file:
        found = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if found != offer.md5:
        part.unlink()
        raise CannotFetch(f"what came as {offer.name} has a wrong checksum, and was removed")
