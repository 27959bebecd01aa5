"""Places of care by name: read in from the directory, found by what somebody said."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Select,
    delete,
    distinct,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from store.provider_rows import Provider, ProviderWord
from store.provider_words import words

PER_WORD = 3000  # places that one word brings in: "birmingham" alone is no name
# Row by row, half a million words would take PostgreSQL a minute.
UNNESTED = """
    INSERT INTO provider_words (word, provider_id)
    SELECT * FROM unnest(CAST(:w AS varchar[]), CAST(:p AS varchar[]))
"""
LAST = "\U0010ffff"
TELLING = ("name", "also", "address", "postcode", "council", "company")
FIELDS = (*TELLING, "types", "company_id")
Fields = Mapping[str, str]


def keep(session: Session, rows: Mapping[str, Fields], at: datetime) -> Mapping[str, int]:
    """Put places into the table, by their numbers; how many were new, changed, the same.

    One that was closed and is in the directory again is open again.
    """
    known = {
        row.id: row for row in session.scalars(select(Provider).where(Provider.id.in_(list(rows))))
    }
    new = {number: fields for number, fields in rows.items() if number not in known}
    changed = {
        number: fields
        for number, fields in rows.items()
        if number in known and any(getattr(known[number], n) != v for n, v in fields.items())
    }
    if new:
        session.execute(insert(Provider), [{"id": n, **f, "read_at": at} for n, f in new.items()])
    for number, fields in changed.items():
        session.execute(update(Provider).where(Provider.id == number).values(**fields))
    if known:
        there = update(Provider).where(Provider.id.in_(list(known)))
        session.execute(there.values(read_at=at, closed_at=None))
    _words(session, changed.keys(), {**new, **changed})
    return {"new": len(new), "changed": len(changed), "same": len(known) - len(changed)}


def measure(session: Session) -> None:
    """Tell the database how many there are: else PostgreSQL goes on as if there were none."""
    session.execute(text("ANALYZE providers"))


def gone(session: Session, at: datetime) -> tuple[int, int]:
    """How many open places the import of this moment has not seen, and how many it has."""
    seen = Provider.read_at == at
    counts = select(
        func.count().filter(~seen, Provider.closed_at.is_(None)), func.count().filter(seen)
    ).select_from(Provider)
    missing, there = session.execute(counts).one()
    return missing, there


def close(session: Session, at: datetime) -> None:
    """Mark as closed whatever the import of this moment has not seen."""
    unseen = update(Provider).where(Provider.read_at < at, Provider.closed_at.is_(None))
    session.execute(unseen.values(closed_at=at))


def by_ids(session: Session, ids: Collection[str]) -> Mapping[str, Provider]:
    """Places by their numbers, closed ones too."""
    found = session.scalars(select(Provider).where(Provider.id.in_(list(ids))))
    return {row.id: row for row in found}


def candidates(session: Session, beginnings: Sequence[str], most: int) -> Sequence[Provider]:
    """Open places with the most of these beginnings of words in them; `most` at most."""
    if not beginnings:
        return ()
    hits = union_all(*(_hits(n, start) for n, start in enumerate(beginnings))).subquery()
    many = func.count(distinct(hits.c.term))
    best = (
        select(hits.c.provider_id, many.label("many"))
        .group_by(hits.c.provider_id)
        .order_by(many.desc(), hits.c.provider_id)
        .limit(most)
        .subquery()
    )
    wanted = select(Provider).join(best, best.c.provider_id == Provider.id)
    wanted = wanted.where(Provider.closed_at.is_(None)).order_by(best.c.many.desc(), Provider.id)
    return session.scalars(wanted).all()


def size(session: Session) -> tuple[int, datetime | None]:
    """How many places are open, and when the directory was read last."""
    open_ = func.count().filter(Provider.closed_at.is_(None))
    number, read_at = session.execute(select(open_, func.max(Provider.read_at))).one()
    return number, read_at


def _hits(number: int, start: str) -> Select[Any]:
    some = (
        select(ProviderWord.provider_id)
        .where(ProviderWord.word >= start, ProviderWord.word < start + LAST)
        .limit(PER_WORD)
        .subquery()
    )
    return select(some.c.provider_id, literal(number).label("term"))


def _words(session: Session, old: Collection[str], rows: Mapping[str, Fields]) -> None:
    if old:
        session.execute(delete(ProviderWord).where(ProviderWord.provider_id.in_(list(old))))
    found = [
        (word, number)
        for number, fields in rows.items()
        for word in words(*(fields[name] for name in TELLING))
    ]
    if found and session.get_bind().dialect.name == "postgresql":
        two = {
            name: list(values)
            for name, values in zip(("w", "p"), zip(*found, strict=True), strict=True)
        }
        session.execute(text(UNNESTED), two)
    elif found:
        session.execute(insert(ProviderWord), [{"word": w, "provider_id": p} for w, p in found])
