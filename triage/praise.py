"""Praise sorted by the service and place that it is for. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from store.models import Feedback
from triage import naming


@dataclass
class Group:
    """Praise for one place of one service, as its first item writes it."""

    service: str | None
    place: str | None
    items: list[Feedback] = field(default_factory=list)


def grouped(items: Iterable[Feedback]) -> list[Group]:
    """Items -> groups: most praise first, what names no place last.

    A provider that somebody chose says better whom the praise is for than what the caller typed.
    """
    found: dict[tuple[str, str], Group] = {}
    for item in items:
        place = naming.name(item.provider) or item.place
        key = (item.service or "", " ".join((item.provider or place or "").split()).casefold())
        found.setdefault(key, Group(item.service, place)).items.append(item)
    return sorted(found.values(), key=lambda group: (not group.place, -len(group.items)))
