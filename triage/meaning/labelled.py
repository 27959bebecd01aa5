"""The labelled sentences: as people write them, as a recogniser heard them, and parts of some."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Example(NamedTuple):
    """A labelled sentence: its tier, its words, and what was meant by them."""

    tier: str
    said: str
    means: str


def examples(folder: Path, language: str) -> Iterator[Example]:
    """Every labelled sentence of a language: what people write, what was heard of some, and
    parts of long ordinary ones that sound like a cry by themselves."""
    for tier, said in labelled(folder / f"known.{language}.txt"):
        yield Example(tier, said, said)
    for more in ("heard", "apart"):
        if (path := folder / f"{more}.{language}.txt").exists():
            yield from (Example(*fields) for fields in labelled(path))


def labelled(path: Path) -> Iterator[list[str]]:
    """What stands between the tabs of each line of a file of labelled sentences."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
