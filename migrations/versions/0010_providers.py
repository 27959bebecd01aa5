"""providers, and what the figures are counted from"""

from alembic import op
import sqlalchemy as sa
import store.columns


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COUNTED = [
    "received_at",
    "service",
    "channel",
    "language",
    "about",
    "line",
    "rating",
    "sentiment",
    "staff_rating",
    "provider_id",
    "caller_id",
]


def upgrade() -> None:
    op.create_table(
        "providers",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("also", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("types", sa.String(length=500), nullable=False),
        sa.Column("council", sa.String(length=100), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("company_id", sa.String(length=20), nullable=False),
        sa.Column("read_at", store.columns.Moment(timezone=True), nullable=False),
        sa.Column("closed_at", store.columns.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_providers")),
    )
    op.create_index(op.f("ix_providers_read_at"), "providers", ["read_at"])
    # "C": beginnings of words are looked up as a range, which other orders of letters do not allow.
    word = sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")
    op.create_table(
        "provider_words",
        sa.Column("word", word, nullable=False),
        sa.Column("provider_id", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("word", "provider_id", name=op.f("pk_provider_words")),
    )
    op.create_index(op.f("ix_provider_words_provider_id"), "provider_words", ["provider_id"])
    # No foreign key: an item keeps its provider's number where no directory was ever read.
    op.add_column("feedback", sa.Column("provider_id", sa.String(length=20), nullable=True))
    op.create_index("ix_feedback_counted", "feedback", COUNTED)


def downgrade() -> None:
    op.drop_index("ix_feedback_counted", "feedback")
    op.drop_column("feedback", "provider_id")
    for name in ("provider_words", "providers"):
        op.drop_table(name)
