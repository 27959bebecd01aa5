"""conversations by item"""

from alembic import op
import sqlalchemy as sa


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NAME, OPENED = "ix_conversations_feedback_id", sa.text("feedback_id IS NOT NULL")


def upgrade() -> None:
    # As in 0017: webhooks go on meanwhile, and a half-made index of a broken run is no obstacle.
    with op.get_context().autocommit_block():
        op.drop_index(NAME, "conversations", if_exists=True)
        op.create_index(
            NAME,
            "conversations",
            ["feedback_id"],
            sqlite_where=OPENED,
            postgresql_where=OPENED,
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    op.drop_index(NAME, "conversations")
