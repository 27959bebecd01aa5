"""Searching everything that people said and staff noted, finished items too."""

import re
from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from handlers.desk.form import cleaned
from handlers.desk.guard import bp
from handlers.desk.private import findable, left
from handlers.desk.words import reference, signs
from handlers.house import house
from store import desk, search, search_words
from store import needs as stored
from store.references import SIGNS

PAGE = 25


@bp.get("/search")
def find() -> ResponseReturnValue:
    """A page of what was found, newest first. A whole reference leads straight to its item.

    Words that no item has are looked for as beginnings.
    """
    query = cleaned(request.args.get("q", "")[: search_words.LONGEST])
    ref = signs(query)
    with house().database.reading() as session:
        if len(ref) == 7 and set(ref) <= set(SIGNS) and desk.shown(session, ref):
            return redirect(url_for("desk.item", given=reference(ref)))
        asked = query if findable(query) else ""
        found = _found(session, asked, wide=request.args.get("wide") == "1")
        if asked and not found.rows and not request.args.keys() & {"before", "after", "wide"}:
            found = _found(session, asked, wide=True)
        stands = stored.of(session, [item.id for item in found.rows])
    return render_template("desk/search.html", query=query, asked=asked, found=found, stands=stands)


def lit(around: str) -> Markup:
    """Words around a hit -> safe HTML with the hit marked; whatever strangers wrote is escaped."""
    parts = re.split("[\x02\x03]", around)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if at % 2 else escape(part)
        for at, part in enumerate(parts)
    )


def _found(session: Session, query: str, wide: bool) -> search.Found:
    where = _number("before"), _number("after")
    return left(session, search.find(session, query, PAGE, *where, wide), query)


def beside(query: str, **where: int) -> str:
    """The address of the page before or after this one."""
    return f"{url_for('desk.find')}?{urlencode({'q': query, **where})}"


def _number(name: str) -> int | None:
    given = request.args.get(name, "")
    return int(given) if re.fullmatch(r"[0-9]{1,18}", given) else None
