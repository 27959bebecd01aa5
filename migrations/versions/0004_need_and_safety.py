"""What an item still needs, who holds it, whether contact is safe, and crisis replies"""

from alembic import op
import sqlalchemy as sa
import store.columns


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

MOMENTS = ('held_until', 'looked_at', 'checked_at', 'coded_at', 'passed_on_at', 'waiting_until')


def upgrade() -> None:
    op.add_column('feedback', sa.Column('safe', sa.Boolean(), nullable=True))
    op.add_column('feedback', sa.Column('signals', sa.JSON(), nullable=False, server_default='[]'))
    op.add_column('feedback', sa.Column('held_by', sa.String(length=80), nullable=True))
    op.add_column('feedback', sa.Column('outcome', sa.String(length=40), nullable=True))
    for name in MOMENTS:
        op.add_column('feedback', sa.Column(name, store.columns.Moment(timezone=True), nullable=True))
    op.add_column('outgoing', sa.Column('crisis', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column('outgoing', 'crisis')
    for name in (*MOMENTS, 'outcome', 'held_by', 'signals', 'safe'):
        op.drop_column('feedback', name)
