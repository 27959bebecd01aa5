"""Alerts and their messages; crisis replies found fast"""

from alembic import op
import sqlalchemy as sa
import store.columns


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

DUE = sa.text('due_at IS NOT NULL')
OPEN = sa.text('acknowledged_at IS NULL')
WHY = sa.Enum('R1', 'R2', 'unanswered', 'test', name='why', native_enum=False, length=20)
HOW = sa.Enum('reply', 'link', 'desk', 'overtaken', name='how', native_enum=False, length=20)
WAY = sa.Enum('text', 'mail', name='way', native_enum=False, length=20)
SENDING = sa.Enum('due', 'unknown', 'sent', 'failed', name='sending', native_enum=False, length=20)


def upgrade() -> None:
    moment = store.columns.Moment(timezone=True)
    op.create_table('alerts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('why', WHY, nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', moment, nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('due_at', moment, nullable=True),
    sa.Column('given_up_at', moment, nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=True),
    sa.Column('acknowledged_at', moment, nullable=True),
    sa.Column('acknowledged_by', sa.String(length=80), nullable=True),
    sa.Column('how', HOW, nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_alerts_feedback_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alerts')),
    sa.UniqueConstraint('key', name=op.f('uq_alerts_key'))
    )
    op.create_index('ix_alerts_feedback_id_why', 'alerts', ['feedback_id', 'why'])
    op.create_index('ix_alerts_due_at', 'alerts', ['due_at'], sqlite_where=DUE, postgresql_where=DUE)
    op.create_index('ix_alerts_open', 'alerts', ['opened_at'], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table('alert_messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('person', sa.String(length=80), nullable=False),
    sa.Column('way', WAY, nullable=False),
    sa.Column('token', sa.String(length=40), nullable=False),
    sa.Column('caller_id', sa.Integer(), nullable=True),
    sa.Column('outgoing_id', sa.Integer(), nullable=True),
    sa.Column('made_at', moment, nullable=False),
    sa.Column('state', SENDING, nullable=True),
    sa.Column('due_at', moment, nullable=True),
    sa.Column('claimed_until', moment, nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('sent_at', moment, nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=True),
    sa.ForeignKeyConstraint(['alert_id'], ['alerts.id'], name=op.f('fk_alert_messages_alert_id')),
    sa.ForeignKeyConstraint(['caller_id'], ['callers.id'], name=op.f('fk_alert_messages_caller_id')),
    sa.ForeignKeyConstraint(['outgoing_id'], ['outgoing.id'], name=op.f('fk_alert_messages_outgoing_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_messages')),
    sa.UniqueConstraint('key', name=op.f('uq_alert_messages_key')),
    sa.UniqueConstraint('token', name=op.f('uq_alert_messages_token')),
    sa.UniqueConstraint('outgoing_id', name=op.f('uq_alert_messages_outgoing_id'))
    )
    for name in ('alert_id', 'caller_id'):
        op.create_index(op.f(f'ix_alert_messages_{name}'), 'alert_messages', [name])
    op.create_index('ix_alert_messages_due_at', 'alert_messages', ['due_at'], sqlite_where=DUE, postgresql_where=DUE)
    op.create_index('ix_outgoing_crisis', 'outgoing', ['made_at'], sqlite_where=sa.text('crisis = 1'), postgresql_where=sa.text('crisis'))


def downgrade() -> None:
    op.drop_index('ix_outgoing_crisis', table_name='outgoing')
    op.drop_table('alert_messages')
    op.drop_table('alerts')
