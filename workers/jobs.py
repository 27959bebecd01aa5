"""The jobs that the queue rings for, by name. Each takes an id, and may run twice."""

from types import TracebackType

from rq.exceptions import AbandonedJobError
from rq.job import Job
from sqlalchemy.exc import SQLAlchemyError

from store.queue import HEAR
from workers import contact as contacts
from workers import copying, errands, hearing, sending
from workers.room import Room

_rooms: list[Room] = []


def bind(room: Room) -> None:
    """Give the jobs of this process the room that its parent furnished before the fork."""
    _rooms[:] = [room]


def hear(number: int) -> None:
    """Bring one recording as far as it will go: fetched, kept, heard."""
    hearing.hear(_rooms[0], number)


def stopped(
    job: Job, _kind: type[BaseException], why: BaseException, _trace: TracebackType | None
) -> bool:
    """RQ's word that a job raised what nobody foresaw; RQ has written it to the log by then.

    While the database is away nothing can be kept: the lease runs out, and the sweep comes back.
    Of a job that was abandoned the parent tells, which must not open a database: the same.
    """
    if job.func_name == HEAR and not isinstance(why, SQLAlchemyError | AbandonedJobError):
        hearing.stopped(_rooms[0], job.args[0], type(why).__name__)
    return True


def delete_copy(number: int) -> None:
    """Delete one thing of ours at Twilio."""
    copying.delete(_rooms[0], number)


def contact(_number: int) -> None:
    """Answer the clock's test of queue and worker."""
    contacts.answer(_rooms[0])


def catch_up(_number: int) -> None:
    """Import what Twilio has and no webhook brought."""
    errands.catch_up(_rooms[0])


def check_numbers(_number: int) -> None:
    """Compare what Twilio has been told about our numbers with what the line needs."""
    errands.check_numbers(_rooms[0])


def send(number: int) -> None:
    """Send one text of ours, or find out whether it was sent."""
    sending.send(_rooms[0], number)
