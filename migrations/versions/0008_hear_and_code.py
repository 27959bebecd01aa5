"""hear and code: words put right, what an item is about, second readers"""

from alembic import op
import sqlalchemy as sa
import store.columns


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = store.columns.Moment(timezone=True)
    for column in (
        sa.Column('given', sa.JSON(), nullable=True),
        sa.Column('provider', sa.String(length=200), nullable=True),
        sa.Column('happened', sa.String(length=100), nullable=True),
        sa.Column('happened_on', sa.Date(), nullable=True),
        sa.Column('staff_rating', sa.String(length=20), nullable=True),
    ):
        op.add_column('feedback', column)
    for column in (
        sa.Column('corrected', sa.Text(), nullable=True),
        sa.Column('checked_at', moment, nullable=True),
        sa.Column('checked_by', sa.String(length=80), nullable=True),
    ):
        op.add_column('recordings', column)
    op.create_table('corrections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recording_id', sa.Integer(), nullable=False),
    sa.Column('transcript_id', sa.Integer(), nullable=True),
    sa.Column('phrase', sa.Integer(), nullable=True),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['recording_id'], ['recordings.id'], name=op.f('fk_corrections_recording_id')),
    sa.ForeignKeyConstraint(['transcript_id'], ['transcripts.id'], name=op.f('fk_corrections_transcript_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_corrections'))
    )
    op.create_index(op.f('ix_corrections_recording_id'), 'corrections', ['recording_id'])
    op.create_index(op.f('ix_corrections_transcript_id'), 'corrections', ['transcript_id'])
    op.create_table('codings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.Column('reading', sa.Enum('first', 'second', 'settled', name='reading', native_enum=False, length=20), nullable=False),
    sa.Column('of', sa.Integer(), nullable=True),
    sa.Column('coded', sa.JSON(), nullable=False),
    sa.Column('offered', sa.JSON(), nullable=False),
    sa.Column('taken', sa.JSON(), nullable=False),
    sa.Column('awaits', sa.Enum('second', 'settling', name='awaits', native_enum=False, length=20), nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_codings_feedback_id')),
    sa.ForeignKeyConstraint(['of'], ['codings.id'], name=op.f('fk_codings_of')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codings'))
    )
    op.create_index('ix_codings_feedback_id', 'codings', ['feedback_id', 'id'])
    op.create_index('ix_codings_at', 'codings', ['at'])
    waits = sa.text('awaits IS NOT NULL')
    op.create_index('ix_codings_awaits', 'codings', ['awaits', 'id'], sqlite_where=waits, postgresql_where=waits)


def downgrade() -> None:
    op.drop_table('codings')
    op.drop_table('corrections')
    for name in ('checked_by', 'checked_at', 'corrected'):
        op.drop_column('recordings', name)
    for name in ('staff_rating', 'happened_on', 'happened', 'provider', 'given'):
        op.drop_column('feedback', name)
