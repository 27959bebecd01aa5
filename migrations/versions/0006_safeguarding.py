"""Tiers by people, the safeguarding record, the weekly sample, when somebody looked and decided"""

from alembic import op
import sqlalchemy as sa
import store.columns


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

COLUMNS = ('tier_at', 'decided_at')
SOME = (('ix_feedback_tiered', 'received_at', 'tier IS NOT NULL'),
        ('ix_feedback_linked_at', 'received_at', 'linked_to IS NOT NULL'),
        ('ix_feedback_waiting_until', 'waiting_until', 'waiting_until IS NOT NULL'),
        ('ix_feedback_advice', 'received_at', "purpose = 'advice' AND status <> 'finished'"))
DECISIONS = ('told_council', 'told_police', 'told_children', 'told_regulator', 'contacted', 'advised',
             'no_action', 'other')


def upgrade() -> None:
    moment = store.columns.Moment(timezone=True)
    for name in COLUMNS:
        op.add_column('feedback', sa.Column(name, moment, nullable=True))
    op.add_column('feedback', sa.Column('looked_by', sa.String(length=80), nullable=True))
    op.add_column('staff', sa.Column('signed_in_at', moment, nullable=True))
    op.create_table('tier_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.Column('by', sa.String(length=80), nullable=True),
    sa.Column('before', sa.String(length=2), nullable=True),
    sa.Column('after', sa.String(length=2), nullable=True),
    sa.Column('machine', sa.String(length=2), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_tier_changes_feedback_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tier_changes'))
    )
    op.create_index('ix_tier_changes_feedback_id', 'tier_changes', ['feedback_id', 'id'])
    op.create_index('ix_tier_changes_at', 'tier_changes', ['at'])
    op.create_table('safeguarding_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('at', moment, nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('decision', sa.Enum(*DECISIONS, name='decision', native_enum=False, length=20), nullable=False),
    sa.Column('told', sa.String(length=200), nullable=False),
    sa.Column('done_at', moment, nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('corrects', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['corrects'], ['safeguarding_entries.id'], name=op.f('fk_safeguarding_entries_corrects')),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_safeguarding_entries_feedback_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safeguarding_entries'))
    )
    op.create_index(op.f('ix_safeguarding_entries_feedback_id'), 'safeguarding_entries', ['feedback_id'])
    op.create_table('samples',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('week', sa.String(length=8), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('drawn_at', moment, nullable=False),
    sa.Column('marked_at', moment, nullable=True),
    sa.Column('marked_by', sa.String(length=80), nullable=True),
    sa.Column('missed', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_samples_feedback_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_samples')),
    sa.UniqueConstraint('week', 'feedback_id', name=op.f('uq_samples_week_feedback_id')),
    sa.UniqueConstraint('week', 'place', name=op.f('uq_samples_week_place'))
    )
    op.create_index(op.f('ix_samples_feedback_id'), 'samples', ['feedback_id'])
    for name, column, where in SOME:
        op.create_index(name, 'feedback', [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_index('ix_feedback_assigned_to', 'feedback', ['assigned_to', 'status'])


def downgrade() -> None:
    op.drop_index('ix_feedback_assigned_to', 'feedback')
    for name, _, _ in SOME:
        op.drop_index(name, 'feedback')
    for name in ('samples', 'safeguarding_entries', 'tier_changes'):
        op.drop_table(name)
    op.drop_column('staff', 'signed_in_at')
    op.drop_column('feedback', 'looked_by')
    for name in reversed(COLUMNS):
        op.drop_column('feedback', name)
