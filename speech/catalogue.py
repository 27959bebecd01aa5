"""Vosk's public list of speech models, read and doubted. Pure.

The list is JSON: a list of objects with lang, lang_text, md5, name, obsolete ("true" or
"false"), size (bytes of NAME.zip), size_text, type ("small", "big", "spk", ...), url, version.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LIST = "model-list.json"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
MD5 = re.compile(r"[0-9a-f]{32}")
VOICES = "spk"  # who speaks, not what is said: no use for the line


class NoList(Exception):
    """Raised when what came is not Vosk's list of models, or does not name the wanted one."""


@dataclass(frozen=True)
class Offer:
    """One model to be had: `size` in bytes and `md5` are those of its zip file."""

    name: str
    language: str
    language_name: str
    size: int
    md5: str
    obsolete: bool


def offers(listed: bytes) -> list[Offer]:
    """The models in the list, by language and name; entries that make no sense are left out.

    Raises NoList when it is no list of models at all.
    """
    try:
        entries = json.loads(listed)
    except (ValueError, RecursionError) as why:  # or brackets in brackets without end
        raise NoList("it is not JSON") from why
    if not isinstance(entries, list):
        raise NoList("it is not a list")
    found = [offer for entry in entries if (offer := _offer(entry))]
    if not found:
        raise NoList("it names no speech model")
    return sorted(found, key=lambda offer: (offer.language, offer.name))


def wanted(found: Sequence[Offer], name: str) -> Offer:
    """The offer of that very name. Raises NoList, with the names that are nearly so."""
    for offer in found:
        if offer.name == name:
            return offer
    near = [o.name for o in found if (name and name in o.name) or o.language == name]
    hint = f"; did you mean {' or '.join(near[:3])}?" if near else ": `model list` shows them"
    raise NoList(f"no model {name}{hint}")


def _offer(entry: Any) -> Offer | None:
    if not isinstance(entry, dict):
        return None
    name, md5, size = (entry.get(key) for key in ("name", "md5", "size"))
    sane = isinstance(name, str) and NAME.fullmatch(name) and isinstance(size, int) and size > 0
    if not sane or not MD5.fullmatch(str(md5)) or entry.get("type") == VOICES:
        return None
    return Offer(
        name=str(name),
        language=str(entry.get("lang", "")),
        language_name=str(entry.get("lang_text", "")),
        size=int(size or 0),
        md5=str(md5),
        obsolete=str(entry.get("obsolete", "")).lower() == "true",
    )
