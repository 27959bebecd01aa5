"""open queues: their indexes hold what they are filtered by"""

from alembic import op
import sqlalchemy as sa


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

SHOWN = "hidden_at IS NULL"
GRAVE = "coalesce(tier, '') IN ('R1', 'R2')"
WORKED_ON = "coalesce(status, '') IN ('new', 'in_progress')"
CODED = "coded_at IS NOT NULL AND (words_at IS NULL OR words_at <= coded_at)"
PRAISED = (
    f"{CODED} AND coalesce(sentiment, '') = 'positive' AND passed_on_at IS NULL"
    " AND tier IS NULL AND coalesce(about, '') <> 'staff' AND CAST(signals AS TEXT) = '[]'"
    " AND coalesce(status, '') <> 'finished'"
)
FITS = {
    'urgent': f"{SHOWN} AND {GRAVE} AND coalesce(status, '') <> 'finished'",
    'code': f"{SHOWN} AND {WORKED_ON} AND NOT ({CODED})",
    'advice': f"{SHOWN} AND purpose = 'advice' AND coalesce(status, '') <> 'finished'",
    'praise': f"{SHOWN} AND {PRAISED}",
    'act': f"{SHOWN} AND {WORKED_ON} AND {CODED}"
    f" AND NOT ({GRAVE}) AND purpose <> 'advice' AND NOT ({PRAISED})",
    'waiting': f"{SHOWN} AND coalesce(status, '') = 'waiting'",
}
KEYS = ['rank', 'received_at', 'id']
FILTERED = [
    'tier', 'service', 'language', 'rating', 'assigned_to', 'status', 'channel', 'checked_at', 'place'
]


def upgrade() -> None:
    # The new one first: no queue is ever without an index, for the former version neither. Beside
    # the webhooks: in one transaction, to make one and to drop another, each waited for the other.
    with op.get_context().autocommit_block():
        for need in FITS:
            _drop(f'ix_feedback_open_{need}')  # what a broken run left half made
            _index(f'ix_feedback_open_{need}', [*KEYS, *FILTERED], FITS[need])
            _drop(f'ix_feedback_need_{need}')


def downgrade() -> None:
    with op.get_context().autocommit_block():
        for need in FITS:
            _drop(f'ix_feedback_need_{need}')
            _index(f'ix_feedback_need_{need}', KEYS, FITS[need])
            _drop(f'ix_feedback_open_{need}')


def _index(name, columns, fits):
    where = sa.text(fits)
    op.create_index(
        name,
        'feedback',
        columns,
        sqlite_where=where,
        postgresql_where=where,
        postgresql_concurrently=True,
    )


def _drop(name):
    op.drop_index(name, 'feedback', if_exists=True, postgresql_concurrently=True)
