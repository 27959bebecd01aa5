"""The rows of the regulator's public directory: places of care, and the words they are found by."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base

# Beginnings of words are looked up as a range, which other orders of letters do not allow.
WORD = String(40).with_variant(String(40, collation="C"), "postgresql")


class Provider(Base):
    """One place of care (a "location" of the directory), under its number there.

    Never deleted: one that is gone from the directory is closed, and items keep its name.
    `read_at`: the import that saw it last. `company_id`: its company's number there; no page shows
    it, but an import takes a place whose company became another for changed.
    """

    __tablename__ = "providers"
    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    also: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(300))
    postcode: Mapped[str] = mapped_column(String(10))
    types: Mapped[str] = mapped_column(String(500))
    council: Mapped[str] = mapped_column(String(100))
    company: Mapped[str] = mapped_column(String(200))
    company_id: Mapped[str] = mapped_column(String(20))
    read_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]


class ProviderWord(Base):
    """A word of a place's name, address, council or company: what it is found by.

    No foreign key: places are never deleted, and its checks would triple an import's time.
    """

    __tablename__ = "provider_words"
    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    provider_id: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)
