"""The jobs that the queue rings for, by name. Each takes an id, and may run twice."""

from workers import copying, hearing
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
