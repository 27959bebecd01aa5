"""Single rows read and written as plain ones, in statements that are built once.

To find a row by its id and to keep what was changed on it costs a session several times what it
costs the driver. What is changed on such a row is kept by `save` alone.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from sqlalchemy import Table, bindparam, inspect, select, update
from sqlalchemy.orm import DeclarativeBase, InstanceState, Session

from store.database import plainly
from store.prepared import Prepared

R = TypeVar("R", bound=DeclarativeBase)


def row(session: Session, kind: type[R], number: int, lock: bool = False) -> R | None:
    """The row with this id; `lock`: nobody else's until the commit. Its relations are not read."""
    found = _reading(kind, lock).row(plainly(session), {"number": number})
    return as_read(kind, found) if found else None


def as_read(kind: type[R], row: Mapping[str, Any]) -> R:
    """A plain row as an object that no session follows: a third of what its constructor costs.

    It knows what was changed on it; what needs not know that is `plain`.
    """
    one = kind()
    vars(one).update(row)
    return one


def plain(kind: type[R], found: Mapping[str, Any]) -> R:
    """A plain row as an object with the same names as `kind`, and nothing else of it."""
    return cast(R, SimpleNamespace(**found))


def fresh(kind: type[R], values: Mapping[str, object]) -> R:
    """The same of a row that is new: what it was not given is None."""
    return plain(kind, {**_nothing(kind), **values})


def save(session: Session, one: DeclarativeBase) -> None:
    """Keep what was changed on a row that was read as a plain one."""
    kind = type(one)
    state: InstanceState[DeclarativeBase] = inspect(one)
    same = state.unmodified
    changed = tuple(name for name in _rows(kind).c.keys() if name not in same)  # noqa: SIM118
    if changed:
        values = {f"new_{name}": getattr(one, name) for name in changed}
        _saving(kind, changed).run(plainly(session), {"number": vars(one)["id"], **values})


@cache
def _nothing(kind: type[DeclarativeBase]) -> Mapping[str, None]:
    return dict.fromkeys(_rows(kind).c.keys())


def _rows(kind: type[DeclarativeBase]) -> Table:
    return cast(Table, kind.__table__)


@cache
def _reading(kind: type[DeclarativeBase], lock: bool) -> Prepared:
    rows = _rows(kind)
    wanted = select(rows).where(rows.c.id == bindparam("number"))
    return Prepared(wanted.with_for_update() if lock else wanted)


@cache
def _saving(kind: type[DeclarativeBase], changed: Sequence[str]) -> Prepared:
    # The same few columns are changed in a dozen ways: each is a statement once.
    rows = _rows(kind)
    news = {name: bindparam(f"new_{name}", type_=rows.c[name].type) for name in changed}
    return Prepared(update(rows).where(rows.c.id == bindparam("number")).values(news))
