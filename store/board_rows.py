"""The rows beside the queues: who is looking at what, saved views, items due to be searchable."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base


class Looking(Base):
    """A colleague who has an item open; forgotten soon after they close it."""

    __tablename__ = "looking"
    __table_args__ = (UniqueConstraint("feedback_id", "by"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    by: Mapped[str] = mapped_column(String(80))
    until: Mapped[datetime] = mapped_column(index=True)


class View(Base):
    """A queue with filters that somebody keeps under a name: the query of its address."""

    __tablename__ = "views"
    __table_args__ = (UniqueConstraint("by", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    by: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(1000))


class SearchDue(Base):
    """An item whose words changed since it was last made searchable.

    One row for each change, never updated: whoever writes words waits for nobody, and a change that
    commits while its item is being indexed is still due afterwards. Without an item: words were
    erased, and the index is to be packed until nothing of them is left in it.
    """

    __tablename__ = "search_due"
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int | None]
