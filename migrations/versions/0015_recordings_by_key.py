"""recordings by key"""

from alembic import op
import sqlalchemy as sa


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NAME, KEPT = "ix_recordings_audio_key", sa.text("audio_key IS NOT NULL")


def upgrade() -> None:
    # Beside the webhooks, not in front of them; what a broken run left half made goes first.
    with op.get_context().autocommit_block():
        op.drop_index(NAME, "recordings", if_exists=True)
        op.create_index(
            NAME,
            "recordings",
            ["audio_key"],
            sqlite_where=KEPT,
            postgresql_where=KEPT,
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    op.drop_index(NAME, "recordings")
