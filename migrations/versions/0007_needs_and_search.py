"""needs and search"""

from alembic import op
import sqlalchemy as sa
import store.columns


revision = '0007'
down_revision = '0006'
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
    'finished': f"{SHOWN} AND coalesce(status, '') = 'finished'",
}
HELD = "held_by IS NOT NULL"


def upgrade() -> None:
    op.create_table('looking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('until', store.columns.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_looking_feedback_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_looking')),
    sa.UniqueConstraint('feedback_id', 'by', name=op.f('uq_looking_feedback_id_by'))
    )
    op.create_index(op.f('ix_looking_until'), 'looking', ['until'])
    op.create_table('views',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('query', sa.String(length=1000), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_views')),
    sa.UniqueConstraint('by', 'name', name=op.f('uq_views_by_name'))
    )
    op.create_table('search_due',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_due'))
    )
    op.add_column('feedback', sa.Column('words_at', store.columns.Moment(timezone=True), nullable=True))
    for need, fits in FITS.items():
        keys = ['received_at', 'id'] if need == 'finished' else ['rank', 'received_at', 'id']
        _index(f'ix_feedback_need_{need}', keys, fits)
    _index('ix_feedback_held_by', ['held_by'], HELD)
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(
            "CREATE VIRTUAL TABLE searched USING fts5"
            "(reference, said, noted, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3 4 5 6')"
        )
    else:
        _on_postgresql()
    # What came before this version is made searchable by the clock, bit by bit.
    op.execute("INSERT INTO search_due (feedback_id) SELECT id FROM feedback WHERE erased_at IS NULL")


def _index(name, columns, fits):
    where = sa.text(fits)
    op.create_index(name, 'feedback', columns, sqlite_where=where, postgresql_where=where)


def _on_postgresql():
    # English word endings, but no stop words: "not" is a word that people search for here.
    op.execute("CREATE TEXT SEARCH DICTIONARY heard_stem (TEMPLATE = snowball, Language = english)")
    op.execute("CREATE TEXT SEARCH CONFIGURATION heard (COPY = simple)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION heard ALTER MAPPING FOR asciiword, word, asciihword, hword,"
        " hword_asciipart, hword_part WITH heard_stem"
    )
    op.execute(
        "CREATE TABLE searched (id integer PRIMARY KEY, reference text NOT NULL, said text NOT NULL,"
        " noted text NOT NULL, found tsvector GENERATED ALWAYS AS"
        " (to_tsvector('heard', reference || E'\\n' || said || E'\\n' || noted)) STORED)"
    )
    op.execute("CREATE INDEX ix_searched_found ON searched USING gin (found)")


def downgrade() -> None:
    op.execute("DROP TABLE searched")
    if op.get_bind().dialect.name != 'sqlite':
        op.execute("DROP TEXT SEARCH CONFIGURATION heard")
        op.execute("DROP TEXT SEARCH DICTIONARY heard_stem")
    op.drop_index('ix_feedback_held_by', 'feedback')
    for need in FITS:
        op.drop_index(f'ix_feedback_need_{need}', 'feedback')
    op.drop_column('feedback', 'words_at')
    for name in ('search_due', 'views', 'looking'):
        op.drop_table(name)
