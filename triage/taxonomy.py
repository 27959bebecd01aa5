"""What feedback is about: the themes of `script/themes.toml`, and the rules that suggest. Pure."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from triage.urgency_phrases import Phrases, phrases
from triage.urgency_spelling import Spelling
from triage.urgency_steps import Language
from triage.wrong_list import WrongList

FILE = "themes.toml"
OURS = Path(__file__).parent.parent / "script" / FILE  # for a line with a folder of its own
MOST = 5  # themes on an item: who needs more is coding a leaflet (peers: over 5 is "complex")
SENTIMENTS = ("positive", "negative", "mixed", "neutral", "unclear")


class WrongThemes(WrongList):
    """The themes cannot be used; the message names file, key and what is wrong."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Theme(Frozen):
    """One theme, by whom it is known under which name, and the phrases that suggest it."""

    name: str
    group: str
    healthwatch: tuple[str, ...] = Field(min_length=1)
    qdc: tuple[str, ...] = Field(min_length=1)
    phrases: tuple[str, ...] = ()


class Feeling(Frozen):
    positive: tuple[str, ...]
    negative: tuple[str, ...]


class Place(Frozen):
    """How a place is named in speech: words before it, its last words, words of no name."""

    before: frozenset[str]
    ends: tuple[str, ...]
    not_names: frozenset[str]


class Listed(Frozen):
    """`themes.toml`."""

    language: str
    healthwatch: tuple[str, ...]
    qdc: tuple[str, ...]
    turns: frozenset[str]
    denies: frozenset[str]
    names: Mapping[str, str]
    themes: Mapping[str, Theme]
    sentiment: Feeling
    service: Mapping[str, tuple[str, ...]]
    place: Place


@dataclass(frozen=True)
class Taxonomy:
    """The themes by key, and the rules made ready."""

    listed: Listed
    spelling: Spelling
    themes: Mapping[str, Phrases]
    feelings: Mapping[str, Phrases]
    services: Mapping[str, Phrases]

    def name(self, key: str) -> str:
        """How a theme reads. One that is no longer in the file keeps its key."""
        known = self.listed.themes.get(key)
        return known.name if known else key.replace("_", " ").capitalize()

    @property
    def groups(self) -> Mapping[str, Mapping[str, str]]:
        """The themes as staff choose them: group -> key -> name, in the file's order."""
        found: dict[str, dict[str, str]] = {}
        for key, theme in self.listed.themes.items():
            found.setdefault(theme.group, {})[key] = theme.name
        return found


def load(folder: Path) -> Taxonomy:
    """Read and check the themes; a folder without them gets ours. Raises WrongThemes."""
    path = folder / FILE if (folder / FILE).exists() else OURS
    try:
        return _checked(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise WrongThemes(f"{FILE}: {why}") from None
    except ValidationError as why:
        first = why.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise WrongThemes(f"{FILE}: {key}: {first['msg'].lower()}") from None
    except (KeyError, IndexError) as why:
        raise WrongThemes(f"{FILE}: a phrase cannot be read: {why}") from None


@lru_cache(maxsize=8)
def _checked(written: str) -> Taxonomy:
    """Themes checked and made ready: once a process, as long as the file says the same."""
    listed = Listed.model_validate(tomllib.loads(written))
    for problem in problems(listed):
        raise WrongThemes(f"{FILE}: {problem}")
    return ready(listed)


def problems(listed: Listed) -> Iterator[str]:
    """What is wrong with the mapping, a line each."""
    for kind in ("healthwatch", "qdc"):
        known: set[str] = set(getattr(listed, kind))
        used = {label for theme in listed.themes.values() for label in getattr(theme, kind)}
        for key, theme in listed.themes.items():
            for label in sorted(set(getattr(theme, kind)) - known):
                yield f"themes.{key}.{kind}: {label!r} is not in the list {kind}"
        for label in sorted(known - used):
            yield f"{kind}: no theme stands for {label!r}"
    for key in listed.themes:
        if len(key) > 40 or not key.replace("_", "").isalnum():
            yield f"themes.{key}: a key has letters, digits and _ only, 40 at most"


def ready(listed: Listed) -> Taxonomy:
    """The rules of a file that was checked."""
    language = Language(listed.names, listed.turns, listed.denies)
    themes = {key: phrases(language, theme.phrases) for key, theme in listed.themes.items()}
    feelings = {k: phrases(language, getattr(listed.sentiment, k)) for k in Feeling.model_fields}
    services = {key: phrases(language, said) for key, said in listed.service.items()}
    every = (*themes.values(), *feelings.values(), *services.values())
    known = frozenset().union(*(some.words() for some in every))
    return Taxonomy(listed, Spelling({}, known), themes, feelings, services)
