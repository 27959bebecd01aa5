"""Full-text search in what people said, what staff noted, and references.

The row is the truth and the index follows: whoever writes words marks their item as due in the same
transaction, and the clock makes it searchable within seconds. A webhook never waits for that.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store import search_postgres, search_sqlite
from store.board_rows import SearchDue
from store.inserts import insert_once
from store.models import Feedback
from store.search_words import Searchable, Term, gather, parse, widened


@dataclass(frozen=True)
class Found:
    """Items, newest first, with the words around what was found; \\x02 and \\x03 enclose it."""

    rows: Sequence[Feedback]
    around: Mapping[int, str]
    newer: int | None
    older: int | None
    widened: bool = False  # no item had the words; these have words that begin so


def due(session: Session, item: int) -> None:
    """The words of an item change in this transaction."""
    insert_once(session, SearchDue, feedback_id=item)


def index(session: Session, at_most: int) -> int:
    """Make the items that were due first searchable as they are now; how many changes that was."""
    rows = session.scalars(
        select(SearchDue)
        .where(SearchDue.feedback_id.is_not(None))
        .order_by(SearchDue.id)
        .limit(at_most)
        .with_for_update()
    ).all()
    if rows:
        ids = {row.feedback_id for row in rows if row.feedback_id}
        _engine(session).put(session, ids, list(gather(session, ids)))
        session.execute(delete(SearchDue).where(SearchDue.id.in_([row.id for row in rows])))
    return len(rows)


def forget(session: Session, item: int) -> None:
    """What an item said is erased: it is found no more, and the index is packed after this."""
    session.execute(delete(SearchDue).where(SearchDue.feedback_id == item))
    _engine(session).put(session, {item}, [])
    session.add(SearchDue(feedback_id=None))


def erased(session: Session) -> Sequence[int]:
    """The marks of erasures whose words may still lie in the index or in the files."""
    return session.scalars(select(SearchDue.id).where(SearchDue.feedback_id.is_(None))).all()


def pack(session: Session) -> bool:
    """One short step of driving erased words out of the index. Whether anything is left to do."""
    return bool(erased(session)) and _engine(session).pack(session)


def packed(session: Session, marks: Sequence[int]) -> None:
    """Nothing of these is left in index or files."""
    session.execute(delete(SearchDue).where(SearchDue.id.in_(marks)))


def find(
    session: Session,
    query: str,
    size: int,
    before: int | None,
    after: int | None,
    wide: bool = False,
) -> Found:
    """At most `size` items that hold every term, older than `before` or newer than `after`.

    `wide`: that hold words which begin so. Hidden and erased ones are never among them. A query
    without a word in it finds nothing.
    """
    terms = parse(query)
    terms = widened(terms) if wide else terms
    back = after is not None and before is None
    hits = _engine(session).find(session, terms, size + 1, before, after) if terms else []
    more, hits = len(hits) > size, hits[:size]
    if back:
        hits.reverse()
    around = dict(hits)
    asked = select(Feedback).where(Feedback.id.in_(around)).order_by(Feedback.id.desc())
    rows = session.scalars(asked).all() if around else []
    ends = (rows[0].id, rows[-1].id) if rows else (None, None)
    newer, older = (more, True) if back else (before is not None, more)
    return Found(rows, around, ends[0] if newer else None, ends[1] if older else None, wide)


class _Engine(Protocol):
    """What both databases can do, each in its own way: a module each."""

    def put(self, session: Session, ids: Collection[int], items: Sequence[Searchable]) -> None: ...

    def find(
        self,
        session: Session,
        terms: Sequence[Term],
        most: int,
        before: int | None,
        after: int | None,
    ) -> list[tuple[int, str]]: ...

    def pack(self, session: Session) -> bool: ...


def _engine(session: Session) -> _Engine:
    return search_postgres if session.get_bind().dialect.name == "postgresql" else search_sqlite
