"""repeats by provider"""

from alembic import op
import sqlalchemy as sa


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NAME, KEPT = "ix_feedback_provider_id", sa.text("provider_id IS NOT NULL")


def upgrade() -> None:
    # Beside the webhooks, not in front of them; what a broken run left half made goes first.
    with op.get_context().autocommit_block():
        op.drop_index(NAME, "feedback", if_exists=True)
        op.create_index(
            NAME,
            "feedback",
            ["provider_id", "received_at"],
            sqlite_where=KEPT,
            postgresql_where=KEPT,
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    op.drop_index(NAME, "feedback")
