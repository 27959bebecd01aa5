"""One person's data as a file to give them: to read, for programs, and to listen to."""

import json
import zipfile
from collections.abc import Sequence
from html import escape
from typing import IO, Any

from store.models import Recording
from store.recordings import Recordings
from store.seal import CannotOpen

FIRST = """Read this before you give the file away: it may name other people (staff of a service,
relatives), and what was said about them is theirs too. Take out what you may not give, and write
down what that was. A safeguarding record may be held back where giving it could harm somebody."""
PAGE = """<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Your data</title>
<style>body{{font:1rem/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}}
dt{{font-weight:bold}}dd{{margin:0 0 .5rem 1rem;white-space:pre-wrap}}</style>
<h1>What {name} has of you</h1><p>{made}</p>{body}</html>"""


def write(
    out: IO[bytes], data: dict[str, Any], takes: Sequence[Recording], audio: Recordings, name: str
) -> list[str]:
    """The zip, onto `out`. What could not be put into it, in words. May raise StoreAway."""
    missing = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("READ-FIRST.txt", FIRST)
        into.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        into.writestr("data.html", page(data, name))
        for take in takes:
            try:
                into.writestr(f"sound/{take.sid}.wav", audio.open(str(take.audio_key)).read())
            except (FileNotFoundError, CannotOpen) as why:
                missing.append(f"{take.sid}: the sound cannot be opened ({type(why).__name__})")
    return missing


def page(data: dict[str, Any], name: str) -> str:
    """The same for people. Whatever is in it is shown as text."""
    parts = []
    if data["phone"]:
        parts.append(f"<h2>Your phone</h2>{_told(data['phone'])}")
    parts += [f"<h2>{escape(item['reference'])}</h2>{_told(item)}" for item in data["items"]]
    made = "With each thing stands until when it is kept. You may ask us to correct or erase it."
    return PAGE.format(name=escape(name), made=made, body="".join(parts))


def _told(values: dict[str, Any]) -> str:
    rows = (
        f"<dt>{escape(key.replace('_', ' '))}</dt><dd>{_value(value)}</dd>"
        for key, value in values.items()
        if value not in (None, [], {}, "")
    )
    return f"<dl>{''.join(rows)}</dl>"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return _told(value)
    if isinstance(value, list):
        return "".join(_told(one) if isinstance(one, dict) else f"{_value(one)} " for one in value)
    return escape(str(value))
