"""Which words each part of the reading form shows"""

from alembic import op
import sqlalchemy as sa


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('transcripts') as table:
        table.add_column(sa.Column('shown_words', sa.JSON(), nullable=False, server_default='[]'))


def downgrade() -> None:
    with op.batch_alter_table('transcripts') as table:
        table.drop_column('shown_words')
