"""The lists of `script/redact.*.toml`, read once and frozen."""

import re
import tomllib
from collections.abc import Iterable, Set
from functools import lru_cache
from pathlib import Path

from triage.redaction.listed import made
from triage.redaction.rules import Rules
from triage.wrong_list import WrongList

OURS = Path(__file__).parents[2] / "script"
LISTS = ("words", "rarer", "names", "places")  # files of words beside it
File = tuple[Path, int]  # and when it was changed


class WrongRedaction(WrongList):
    """The list of what is taken out cannot be used; the message names the file."""


def load(folder: Path, language: str = "en") -> Rules:
    """The rules of a language, from the line's folder or ours. Raises WrongRedaction.

    Read once a process, and again when a file has changed.
    """
    path, line = _file(folder, f"redact.{language}.toml"), _file(folder, "line.toml")
    try:
        lists = [_file(folder, f"{kind}.{language}.txt") for kind in LISTS]
        return _read(*((p, p.stat().st_mtime_ns) for p in (path, line, *lists)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
        raise WrongRedaction(f"{path.name}: {why}") from None


@lru_cache(maxsize=8)
def _read(path: File, line: File, *lists: File) -> Rules:
    listed = tomllib.loads(path[0].read_text(encoding="utf-8"))
    words = {kind: _words(*file) for kind, file in zip(LISTS, lists, strict=True)}
    return made(listed, words, _lines(line[0]))


@lru_cache(maxsize=8)
def _words(path: Path, _changed: int) -> Set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for word in lines if word and word[0] != "#")


def _file(folder: Path, name: str) -> Path:
    return folder / name if (folder / name).exists() else OURS / name


def _lines(path: Path) -> Iterable[str]:
    """The numbers of the line's own help lines: they stay."""
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
        return [re.sub(r"\D", "", entry["number"]) for entry in listed["help_lines"].values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []  # its own checks say what is wrong with that file
