"""Second factors as the rows keep them. A code that was used is spent, whoever sends it again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from store.access_rows import RecoveryCode
from store.staff import Staff


def confirm(session: Session, staff: int, sealed: bytes, step: int, at: datetime) -> None:
    """Somebody's app showed a right code: from now on one is asked for."""
    session.execute(
        update(Staff).where(Staff.id == staff).values(factor=sealed, factor_at=at, factor_step=step)
    )


def spend(session: Session, staff: int, step: int) -> bool:
    """Use the code of a half minute; False when it, or a later one, was used before."""
    unused = or_(Staff.factor_step.is_(None), Staff.factor_step < step)
    found = session.execute(
        update(Staff).where(Staff.id == staff, unused).values(factor_step=step).returning(Staff.id)
    )
    return found.scalar() is not None


def renew(session: Session, staff: int, codes: Sequence[str]) -> None:
    """New recovery codes (hashed) in place of the old ones."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff))
    session.add_all(RecoveryCode(staff_id=staff, code=code) for code in codes)


def recover(session: Session, staff: int, code: str, at: datetime) -> bool:
    """Use a recovery code (hashed); False when there is none such, or it was used."""
    found = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.staff_id == staff,
            RecoveryCode.code == code,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.id)
    )
    return found.scalar() is not None


def left(session: Session, staff: int) -> int:
    """How many recovery codes somebody still has."""
    wanted = select(func.count()).where(
        RecoveryCode.staff_id == staff, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(wanted) or 0


def remove(session: Session, staff: int) -> None:
    """Their telephone is lost: no code is asked for until they set up another."""
    session.execute(
        update(Staff).where(Staff.id == staff).values(factor=None, factor_at=None, factor_step=None)
    )
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff))
