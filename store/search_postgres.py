"""Search on PostgreSQL: a text search vector for each item, made by the database itself."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from store.search_letters import shown, stored
from store.search_words import Searchable, Term

DROP = "DELETE FROM searched WHERE id = ANY(:ids)"
PUT = "INSERT INTO searched (id, reference, said, noted) VALUES (:id, :reference, :said, :noted)"
AROUND = (
    f"StartSel={chr(2)}, StopSel={chr(3)}, MaxFragments=2, MaxWords=20, MinWords=8, "
    'FragmentDelimiter=" … "'
)
# A common word is found among the newest items; what is rarer is looked up in the index, all of it.
# The database, left to choose, walks a million items for a word that stands in ten, or reads all of
# the index for a phrase that stands in the newest: it cannot know. OFFSET 0 leaves it no choice.
NEAR = 5_000
SEEN = "(SELECT hidden_at IS NULL FROM feedback WHERE feedback.id = searched.id)"
WALKED = """
    SELECT id FROM
        (SELECT id, found FROM searched WHERE {side} ORDER BY id {way} OFFSET 0) AS searched
    WHERE found @@ ({match}) AND {seen} ORDER BY id {way} LIMIT :most
"""
LOOKED_UP = """
    WITH searched AS MATERIALIZED (SELECT id FROM searched WHERE found @@ ({match}))
    SELECT id FROM searched WHERE {side} AND {seen} ORDER BY id {way} LIMIT :most
"""
AROUND_THEM = """
    SELECT id, ts_headline('heard', said || E'\\n' || noted, {match}, :around)
    FROM searched WHERE id = ANY(:ids) ORDER BY id {way}
"""


def put(session: Session, ids: Collection[int], items: Sequence[Searchable]) -> None:
    """These items as they are now; one of `ids` that is not in `items` is found no more."""
    session.execute(text(DROP), {"ids": list(ids)})
    if items:
        session.execute(text(PUT), [item.stored() for item in items])


def find(
    session: Session, terms: Sequence[Term], most: int, before: int | None, after: int | None
) -> list[tuple[int, str]]:
    """Numbers of matching items with the words around; newest first, or from `after` upwards."""
    up = after is not None and before is None
    match, values = _match(terms)
    how = {"match": match, "seen": SEEN, "way": "ASC" if up else "DESC"}
    start = after if up else before
    if start is None:
        start = (session.scalar(text("SELECT max(id) FROM searched")) or 0) + 1
    end = start + NEAR if up else start - NEAR
    near, far = ("id > :a AND id <= :b", "id > :b") if up else ("id < :a AND id >= :b", "id < :b")

    def ids(statement: str, side: str, most: int) -> list[int]:
        asked = text(statement.format(side=side, **how))
        return list(session.scalars(asked, values | {"a": start, "b": end, "most": most}))

    found = ids(WALKED, near, most)
    if len(found) < most:
        found += ids(LOOKED_UP, far, most - len(found))
    around = text(AROUND_THEM.format(**how))
    hits = session.execute(around, values | {"ids": found, "around": AROUND}) if found else ()
    return [(number, shown(words)) for number, words in hits]


def _match(terms: Sequence[Term]) -> tuple[str, dict[str, Any]]:
    """The query's expression and its values: nothing that was typed stands in the statement."""
    parts, values = [], {}
    for number, term in enumerate(terms):
        name = f"term{number}"
        values[name] = _beginning(term.words) if term.prefix else stored(term.words)
        either = [f"{'to_tsquery' if term.prefix else 'phraseto_tsquery'}('heard', :{name})"]
        for at, words in enumerate(term.also):
            values[f"{name}_{at}"] = stored(words)
            either.append(f"phraseto_tsquery('heard', :{name}_{at})")
        parts.append(f"({' || '.join(either)})")
    return " && ".join(parts), values


def _beginning(words: str) -> str:
    """The words in this order, the last with an open end; each quoted, so that all is words."""
    each = [
        word.replace("\\", "").replace("'", "''")
        for word in re.split(r"[\s\x00-\x1f]+", stored(words))
        if word
    ]
    return " <-> ".join(f"'{word}'" for word in each) + ":*"


def pack(session: Session) -> bool:
    """Nothing is left to do: autovacuum frees what was deleted, as it does for every table."""
    return False
