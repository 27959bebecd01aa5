"""Places of care: looked up by what somebody said or types, on the coding form and on a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.form import cleaned
from handlers.desk.guard import bp
from handlers.house import house
from store import providers as rows
from store.provider_rows import Provider
from store.provider_words import beginnings
from triage import naming
from triage.suggestions import Suggestion

LONGEST = 200
LOOKED_AT = 200  # places that are compared word by word with what was said


@bp.get("/providers")
def providers() -> ResponseReturnValue:
    """Search the directory: a page, or JSON for the coding form's list."""
    said, service = _asked("q"), _asked("service") or None
    with house().database.reading() as session:
        found = find(session, said, service)
        if request.accept_mimetypes.best == "application/json":
            return jsonify([shown(place) for place in found])
        number, read_at = rows.size(session)
    return render_template(
        "desk/providers.html", said=said, found=found, number=number, read_at=read_at
    )


def find(session: Session, said: str, service: str | None) -> list[Provider]:
    """The places that somebody may mean, the likeliest first."""
    return naming.ranked(said, service, _candidates(session, said))


def offered(
    session: Session, values: Mapping[str, Any], suggested: Sequence[Suggestion], asked: bool
) -> list[Provider]:
    """Places to choose from on the coding form: those that were `asked` for, or near enough ones.

    Nothing is offered where a provider was chosen already.
    """
    if asked:
        return find(session, values["provider"] or values["place"] or "", values["service"])
    said = values["place"] or next((s.value for s in suggested if s.field == "place"), "")
    if values["provider"] or not said:
        return []
    return naming.likely(said, values["service"], _candidates(session, said))


def shown(place: Provider) -> Mapping[str, str]:
    """A place as the list of the coding form shows it."""
    where = ", ".join(filter(None, (place.address, place.postcode)))
    return {"value": naming.written(place), "name": place.name, "where": where}


def _candidates(session: Session, said: str) -> Sequence[Provider]:
    return rows.candidates(session, beginnings(said), LOOKED_AT)


def _asked(name: str) -> str:
    return cleaned(request.args.get(name, ""))[:LONGEST]
