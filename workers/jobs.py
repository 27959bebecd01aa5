"""The jobs that the queue rings for, by name. Each takes an id, and may run twice."""

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
