"""doing: what was done about an item, pairs of items, moves in bulk"""

from alembic import op
import sqlalchemy as sa
import store.columns


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

DID = ('assigned', 'waits', 'back', 'reply', 'copy', 'praise', 'linked', 'apart', 'number', 'call', 'outcome', 'undone')


def upgrade() -> None:
    moment = store.columns.Moment(timezone=True)
    op.create_table('deeds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('did', sa.Enum(*DID, name='did', native_enum=False, length=20), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=True),
    sa.Column('to', sa.String(length=200), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('then', moment, nullable=True),
    sa.Column('other', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_deeds_feedback_id')),
    sa.ForeignKeyConstraint(['other'], ['feedback.id'], name=op.f('fk_deeds_other')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deeds')),
    sa.UniqueConstraint('key', name=op.f('uq_deeds_key'))
    )
    op.create_index('ix_deeds_feedback_id', 'deeds', ['feedback_id', 'id'])
    linked = sa.text('other IS NOT NULL')
    op.create_index('ix_deeds_other', 'deeds', ['other'], sqlite_where=linked, postgresql_where=linked)
    op.create_table('pairs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('low', sa.Integer(), nullable=False),
    sa.Column('high', sa.Integer(), nullable=False),
    sa.Column('apart', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['low'], ['feedback.id'], name=op.f('fk_pairs_low')),
    sa.ForeignKeyConstraint(['high'], ['feedback.id'], name=op.f('fk_pairs_high')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pairs'))
    )
    op.create_index('uq_pairs_low_high', 'pairs', ['low', 'high'], unique=True)
    op.create_index('ix_pairs_high', 'pairs', ['high'])
    op.create_table('bulks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('undone_at', moment, nullable=True),
    sa.Column('undone_by', sa.String(length=80), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulks')),
    sa.UniqueConstraint('key', name=op.f('uq_bulks_key'))
    )
    op.create_index('ix_bulks_at', 'bulks', ['at'])
    named = sa.text('place IS NOT NULL')
    op.create_index(
        'ix_feedback_of_place', 'feedback', ['service', sa.text('lower(place)'), 'received_at'],
        sqlite_where=named, postgresql_where=named,
    )


def downgrade() -> None:
    op.drop_index('ix_feedback_of_place', 'feedback')
    for name in ('bulks', 'pairs', 'deeds'):
        op.drop_table(name)
