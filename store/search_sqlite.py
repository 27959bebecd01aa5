"""Search on SQLite: an FTS5 table, whose rows have the numbers of the items."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from store.search_letters import shown, stored
from store.search_words import Searchable, Term

# Writes 300 pages at most: a few hundredths of a second.
STEP = "INSERT INTO searched (searched, rank) VALUES ('merge', -300)"

PUT = "INSERT INTO searched (rowid, reference, said, noted) VALUES (:id, :reference, :said, :noted)"
# CROSS JOIN: from the newest match on, one by one, until there are enough, however many match.
FIND = """
    SELECT feedback.id, snippet(searched, -1, char(2), char(3), ' … ', 24)
    FROM searched CROSS JOIN feedback ON feedback.id = searched.rowid
    WHERE searched MATCH :match AND feedback.hidden_at IS NULL AND {side}
    ORDER BY searched.rowid {way} LIMIT :most
"""


def put(session: Session, ids: Collection[int], items: Sequence[Searchable]) -> None:
    """These items as they are now; one of `ids` that is not in `items` is found no more."""
    for number in ids:
        session.execute(text("DELETE FROM searched WHERE rowid = :id"), {"id": number})
    for item in items:
        session.execute(text(PUT), item.stored())


def find(
    session: Session, terms: Sequence[Term], most: int, before: int | None, after: int | None
) -> list[tuple[int, str]]:
    """Numbers of matching items with the words around; newest first, or from `after` upwards."""
    up = after is not None and before is None
    sides = "searched.rowid > :after" if up else "searched.rowid < :before"
    statement = FIND.format(side=sides, way="ASC" if up else "DESC")
    values = {"match": match(terms), "most": most}
    values |= {"after": after} if up else {"before": before or 2**62}
    return [(number, shown(around)) for number, around in session.execute(text(statement), values)]


def match(terms: Sequence[Term]) -> str:
    """FTS5's query: each term quoted, so that nothing in it is read as an operator."""
    return " AND ".join(f"({' OR '.join(_either(term))})" for term in terms)


def _either(term: Term) -> Iterator[str]:
    yield _quoted(term.words) + ("*" if term.prefix else "")
    yield from map(_quoted, term.also)


def _quoted(words: str) -> str:
    return '"{}"'.format(stored(words).replace('"', '""'))


def pack(session: Session) -> bool:
    """Merge a little: FTS5 keeps erased words in its index until all of it is one piece.

    Whether anything was left to merge.
    """
    before: int = session.scalar(text("SELECT total_changes()")) or 0
    session.execute(text(STEP))
    after: int = session.scalar(text("SELECT total_changes()")) or 0
    return after - before >= 2
