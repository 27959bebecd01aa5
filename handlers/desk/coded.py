"""The coding form as it is filled in: read from a request, or from what stands on the item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from handlers.desk.coded_words import Save, history
from handlers.desk.form import cleaned
from handlers.desk.providers import offered
from handlers.house import house
from store import coding as rows
from store.models import Feedback
from store.provider_rows import Provider
from triage import coding, suggestions
from triage.suggestions import Suggestion

Typed = Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """What the coding form shows. `ticked`: takes that its reader says they listened to."""

    values: Mapping[str, Any]
    own: Mapping[str, Any]
    suggestions: Sequence[Suggestion]
    rateable: bool
    seen: int
    saves: Sequence[Save]
    ticked: frozenset[str]
    places: Sequence[Provider] = ()  # of the directory, that the person may mean


def form_of(session: Session, item: Feedback, said: str, typed: Typed) -> Form:
    """The form of an item with the words `said`, as somebody typed it if they did."""
    saved = rows.of(session, item)
    values = read(typed) if "coding_seen" in typed else coding.of(item)
    last = rows.last(saved)
    suggested = open_for(item, said, values)
    return Form(
        values=values,
        own=coding.own(item),
        suggestions=suggested,
        rateable=coding.rateable(item),
        seen=last.id if last else 0,
        saves=[save for save in history(saved) if save.lines],
        ticked=frozenset(_list(typed, "heard")),
        places=offered(session, values, suggested, "find" in typed),
    )


def read(typed: Typed) -> dict[str, Any]:
    """The form's fields, cleaned; blank is None. Accepted suggestions stand in their fields."""
    found: dict[str, Any] = {name: cleaned(typed.get(name, "")) or None for name in coding.FIELDS}
    found["themes"] = list(dict.fromkeys(_list(typed, "themes")))
    for field, _, value in (mark.partition(":") for mark in _list(typed, "accept")):
        if field == "themes" and value not in found["themes"]:
            found["themes"].append(value)
        elif field in ("service", "place", "provider", "sentiment"):
            found[field] = value
    return found


def open_for(item: Feedback, said: str, values: Mapping[str, Any]) -> list[Suggestion]:
    """Suggestions that are not among the chosen values already; none once somebody has coded it."""
    if item.coded_at is not None:
        return []
    found = suggestions.suggest(house().taxonomy, said, item.language)
    marks = suggestions.marks(found)
    chosen = set(suggestions.taken(marks, values))
    return [
        each
        for each in found
        if each.mark not in chosen and not (each.field == "place" and values["place"])
    ]


def choices_for(item: Feedback) -> coding.Choices:
    """What may be chosen; what stands on the item already may stay."""
    script = house().door.script
    return coding.Choices(
        service=(*script.order("service"), *filter(None, [item.service])),
        about=(*script.order("about"), *filter(None, [item.about])),
        rating=script.order("rating"),
        themes=house().taxonomy.listed.themes,
    )


def _list(typed: Typed, name: str) -> list[str]:
    return typed.getlist(name) if isinstance(typed, MultiDict) else []
