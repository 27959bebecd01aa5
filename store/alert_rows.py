"""The rows of alerts: what somebody on the rota must look at, and who was told of it, and how."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base, choice, partial
from store.upkeep import Sending


class Why(StrEnum):
    """What an alert is about. `unanswered`: help was to be named to somebody, and was not."""

    R1 = "R1"
    R2 = "R2"
    UNANSWERED = "unanswered"
    TEST = "test"


class Way(StrEnum):
    TEXT = "text"
    MAIL = "mail"


class How(StrEnum):
    """How an alert ended: somebody on the rota said so, or something more urgent took its place."""

    REPLY = "reply"
    LINK = "link"
    DESK = "desk"
    OVERTAKEN = "overtaken"


class Alert(Base):
    """One call for somebody to look. It says which item, never what is in it.

    `step`: how often somebody was told, or nobody was left to tell. `turn`: how often everybody
    was told, from the first on: an odd one begins with words of danger, and after an even one words
    of abuse are told no more; after one that reached nobody at all the next is two on. `reason`:
    why nobody is being waited for just now.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        Index("ix_alerts_feedback_id_why", "feedback_id", "why"),
        partial("ix_alerts_due_at", "due_at", where="due_at IS NOT NULL"),
        partial("ix_alerts_open", "opened_at", where="acknowledged_at IS NULL"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    why: Mapped[Why] = mapped_column(choice(Why))
    feedback_id: Mapped[int | None] = mapped_column(ForeignKey("feedback.id"))
    opened_at: Mapped[datetime]
    turn: Mapped[int] = mapped_column(default=1)
    step: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(300))
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None] = mapped_column(String(80))
    how: Mapped[How | None] = mapped_column(choice(How))


class AlertMessage(Base):
    """One message of an alert: to whom, by which way, and how far it came. `token` is its link's.

    A text's state is that of its row in `outgoing`; a mail has its own. `sent_at`: when the mail
    server took it. No page asks: it is for whoever looks into an alert afterwards, in the rows.
    """

    __tablename__ = "alert_messages"
    __table_args__ = (partial("ix_alert_messages_due_at", "due_at", where="due_at IS NOT NULL"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    turn: Mapped[int]
    step: Mapped[int]
    person: Mapped[str] = mapped_column(String(80))
    way: Mapped[Way] = mapped_column(choice(Way))
    token: Mapped[str] = mapped_column(String(40), unique=True)
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("callers.id"), index=True)
    outgoing_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing.id"), unique=True)
    made_at: Mapped[datetime]
    state: Mapped[Sending | None] = mapped_column(choice(Sending))
    due_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(300))
