"""names folded"""

from alembic import op
import sqlalchemy as sa

from store.staff import folded


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NAME = "uq_staff_folded"


def upgrade() -> None:
    here = op.get_bind()
    # A run that broke at the index below has made the column already.
    if "folded" not in {column["name"] for column in sa.inspect(here).get_columns("staff")}:
        op.add_column("staff", sa.Column("folded", sa.Text(), nullable=True))
    fill(here)
    with op.get_context().autocommit_block():
        op.drop_index(NAME, "staff", if_exists=True)
        op.create_index(NAME, "staff", ["folded"], unique=True, postgresql_concurrently=True)


def fill(here: sa.Connection) -> None:
    """Each name as it is looked up. The later of two who are alike gets none, and is found by the
    name to the letter, as before.
    """
    staff = sa.table("staff", *map(sa.column, ("id", "name", "folded")))
    first: dict[str, int] = {}
    for number, name in here.execute(sa.select(staff.c.id, staff.c.name).order_by(staff.c.id)):
        first.setdefault(folded(name), number)
    for name, number in first.items():
        here.execute(sa.update(staff).where(staff.c.id == number).values(folded=name))


def downgrade() -> None:
    op.drop_index(NAME, "staff")
    op.drop_column("staff", "folded")
