"""A contact that nobody made: once an hour through queue and worker, to see that both are there."""

from store import rounds
from store.seal import CannotOpen
from workers.room import Room

WORDS = "nobody said this"


def answer(room: Room) -> None:
    """Answer the ring: proves the worker, its keys and its database. No item, and in no figure."""
    if room.seal.open(room.seal.close(WORDS)) != WORDS:
        raise CannotOpen("what was sealed just now reads otherwise")
    with room.database.writing() as session:
        rounds.ran(session, rounds.CONTACT, room.now())
