"""A part of a text that must not leave, and of several the more telling one."""

from collections.abc import Sequence
from dataclasses import dataclass

Part = tuple[int, int, str]  # from which word up to which, and of what kind

FIRST = (
    *("language", "email", "web", "birth", "postcode", "nhs", "phone", "ni", "bank", "plate"),
    *("address", "number"),
)


@dataclass(frozen=True, slots=True, order=True)
class Secret:
    """Where something stands that must not leave, and of what kind it is."""

    start: int
    end: int
    kind: str


def apart(secrets: Sequence[Secret]) -> list[Secret]:
    """Overlapping secrets as one, of the more telling kind."""
    made: list[Secret] = []
    for secret in sorted(secrets):
        if made and secret.start < made[-1].end:
            last = made.pop()
            kind = min(last.kind, secret.kind, key=_rank)
            secret = Secret(last.start, max(last.end, secret.end), kind)
        made.append(secret)
    return made


def _rank(kind: str) -> int:
    return FIRST.index(kind) if kind in FIRST else len(FIRST)
