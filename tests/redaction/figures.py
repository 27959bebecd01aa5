"""How redaction does on the labelled sentences."""

from collections.abc import Iterator
from pathlib import Path

from tests.redaction.labelled import SENTENCES

HOW = ("written", "spoken")


def gone(part: str, how: str = "") -> tuple[int, int]:
    """How many secrets of a part are out, and how many there are."""
    of_it = [sentence for sentence in SENTENCES[part] if how in sentence.how]
    secrets = sum(len(sentence.secrets) for sentence in of_it)
    return secrets - sum(len(sentence.left()) for sentence in of_it), secrets


def taken(part: str, how: str = "") -> tuple[int, int]:
    """How many harmless words of a part are out, and how many there are."""
    of_it = [sentence.harmless() for sentence in SENTENCES[part] if how in sentence.how]
    return sum(len(words) for words, _ in of_it), sum(count for _, count in of_it)


def table() -> Iterator[str]:
    """A line each: secrets gone and harmless words taken, written and spoken."""
    yield f"{'redaction':15}" + "".join(f"{how:>22}{'taken':>18}" for how in HOW)
    for part in SENTENCES:
        cells = (count(part, how) for how in HOW for count in (gone, taken))
        shown = [f"{some}/{of} {some / of:.1%}" if of else "-" for some, of in cells]
        yield f"{part:15}" + "".join(f"{c:>{22 - 4 * (n % 2)}}" for n, c in enumerate(shown))
    said = (Path(__file__).parent / "rounds.txt").read_text("utf-8").splitlines()
    yield from (line for line in said if not line.startswith("#"))
