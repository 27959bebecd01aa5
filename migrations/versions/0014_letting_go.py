"""letting go: erasures with their proof, legal holds, what retention has taken"""

from alembic import op
import sqlalchemy as sa
import store.columns


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

ADDED = {
    'callers': ('seen_at', 'forget_at', 'forgotten_at'),
    'ledger': ('blanked_at',),
    'recordings': ('audio_gone_at',),
}
INDEXES = (
    ('ix_callers_forget_at', 'callers', ['forget_at'], 'forget_at IS NOT NULL'),
    ('ix_callers_kept', 'callers', ['seen_at'], 'forgotten_at IS NULL'),
    ('ix_feedback_kept', 'feedback', ['received_at', 'id'], 'erased_at IS NULL'),
    ('ix_ledger_kept', 'ledger', ['received_at', 'id'], 'blanked_at IS NULL'),
    ('ix_recordings_kept', 'recordings', ['received_at'], 'audio_gone_at IS NULL'),
    ('ix_twilio_copies_of_erasure', 'twilio_copies', ['erasure_id'], 'erasure_id IS NOT NULL AND deleted_at IS NULL'),
    ('ix_erasures_open', 'erasures', ['asked_at'], 'proved_at IS NULL'),
)


def upgrade() -> None:
    moment = store.columns.Moment(timezone=True)
    for table, names in ADDED.items():
        for name in names:
            op.add_column(table, sa.Column(name, moment, nullable=True))
    op.add_column('callers', sa.Column('trouble', sa.String(length=300), nullable=True))
    op.add_column('twilio_copies', sa.Column('erasure_id', sa.Integer(), nullable=True))
    op.create_table('erasures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('joined', sa.String(length=32), nullable=True),
    sa.Column('asked_at', moment, nullable=False),
    sa.Column('way', sa.Enum('text', 'desk', 'command', 'retention', name='way', native_enum=False, length=20), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('due_at', moment, nullable=True),
    sa.Column('decided_at', moment, nullable=True),
    sa.Column('decided_by', sa.String(length=80), nullable=True),
    sa.Column('verdict', sa.Enum('erase', 'keep', name='verdict', native_enum=False, length=20), nullable=True),
    sa.Column('trouble', sa.String(length=300), nullable=True),
    sa.Column('erased_at', moment, nullable=True),
    sa.Column('gone', sa.JSON(), nullable=False),
    sa.Column('proved_at', moment, nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_erasures_feedback_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasures')),
    sa.UniqueConstraint('feedback_id', name=op.f('uq_erasures_feedback_id'))
    )
    op.create_table('holds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('lifted_at', moment, nullable=True),
    sa.Column('lifted_by', sa.String(length=80), nullable=True),
    sa.Column('lifted_reason', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_holds_feedback_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holds'))
    )
    op.create_index('ix_holds_feedback_id', 'holds', ['feedback_id', 'id'])
    standing = sa.text('lifted_at IS NULL')
    op.create_index('uq_holds_standing', 'holds', ['feedback_id'], unique=True, sqlite_where=standing, postgresql_where=standing)
    op.create_index('ix_outgoing_made_at', 'outgoing', ['made_at'])
    op.create_index('ix_alerts_opened_at', 'alerts', ['opened_at'])
    for name, table, columns, only in INDEXES:
        op.create_index(name, table, columns, sqlite_where=sa.text(only), postgresql_where=sa.text(only))


def downgrade() -> None:
    for name, table, *_ in INDEXES:
        op.drop_index(name, table)
    op.drop_index('ix_alerts_opened_at', 'alerts')
    op.drop_index('ix_outgoing_made_at', 'outgoing')
    op.drop_table('holds')
    op.drop_table('erasures')
    op.drop_column('twilio_copies', 'erasure_id')
    op.drop_column('callers', 'trouble')
    for table, names in ADDED.items():
        for name in names:
            op.drop_column(table, name)
