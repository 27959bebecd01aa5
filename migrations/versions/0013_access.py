"""access: second factors, sessions, recovery codes, wrong tries, looks"""

from alembic import op
import sqlalchemy as sa
import store.columns


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEPT = ("item", "audio", "number", "subject", "export", "staff")
TABLES = ("staff_sessions", "recovery_codes", "tries", "looks")
COLUMNS = ("one_time_until", "factor", "factor_at", "factor_step")


def upgrade() -> None:
    moment = store.columns.Moment(timezone=True)
    op.add_column("staff", sa.Column("one_time_until", moment, nullable=True))
    op.add_column("staff", sa.Column("factor", sa.LargeBinary(), nullable=True))
    op.add_column("staff", sa.Column("factor_at", moment, nullable=True))
    op.add_column("staff", sa.Column("factor_step", sa.BigInteger(), nullable=True))
    op.create_table(
        "staff_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("browser", sa.String(length=80), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("sure_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_sessions_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sessions")),
        sa.UniqueConstraint("key", name=op.f("uq_staff_sessions_key")),
    )
    op.create_index(op.f("ix_staff_sessions_staff_id"), "staff_sessions", ["staff_id"])
    op.create_index(op.f("ix_staff_sessions_made_at"), "staff_sessions", ["made_at"])
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("used_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recovery_codes_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_staff_id"), "recovery_codes", ["staff_id"])
    op.create_table(
        "tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("settled_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tries")),
    )
    op.create_index("ix_tries_account", "tries", ["account", "at"])
    op.create_index("ix_tries_address", "tries", ["address", "at"])
    op.create_index("ix_tries_at", "tries", ["at"])
    op.create_table(
        "looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.Enum(*KEPT, name="kept", native_enum=False, length=20), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"], name=op.f("fk_looks_feedback_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
        sa.UniqueConstraint("key", name=op.f("uq_looks_key")),
    )
    op.create_index("ix_looks_by", "looks", ["by", "id"])
    op.create_index("ix_looks_kind", "looks", ["kind", "id"])
    op.create_index("ix_looks_feedback_id", "looks", ["feedback_id", "id"])
    op.create_index("ix_looks_at", "looks", ["at"])


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
    for name in COLUMNS:
        op.drop_column("staff", name)
