"""search letters: accents, emoji and scripts without spaces are found on both databases"""

from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

# Without the extension, or without the right to add it, accents must be typed as they were written.
UNACCENT = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS unaccent;
    ALTER TEXT SEARCH CONFIGURATION heard ALTER MAPPING FOR word, hword, hword_part
        WITH unaccent, heard_stem;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE NOTICE 'no extension unaccent: the search keeps accents apart';
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name != 'sqlite':
        op.execute(UNACCENT)
    # What is searchable already is made so anew by the clock, bit by bit.
    op.execute("INSERT INTO search_due (feedback_id) SELECT id FROM feedback WHERE erased_at IS NULL")


def downgrade() -> None:
    if op.get_bind().dialect.name != 'sqlite':
        op.execute(
            "ALTER TEXT SEARCH CONFIGURATION heard ALTER MAPPING FOR word, hword, hword_part"
            " WITH heard_stem"
        )
