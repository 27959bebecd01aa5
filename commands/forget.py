"""`forget +44...` or `forget REFERENCE`: erase what somebody told us, and print the proof."""

import sys

import click

import config
from commands.errors import plain_errors
from commands.whose import found, given
from store import references, removals
from workers.let_go import Proof, let_go
from workers.room import furnish


@click.command()
@click.argument("whose")
@plain_errors
def forget(whose: str) -> None:
    """Erase one item by its REFERENCE, or all of a phone by its number (`-`: read from stdin).

    R1, R2 and what is on legal hold goes to the safeguarding lead instead.
    """
    room = furnish(config.read(), with_models=False)
    with room.database.reading() as session:
        phone, items = found(session, room.seal, given(whose))
        before = removals.erased_of(session, phone) if phone else []
    numbers, caller_id = [*before, *(item.id for item in items)], phone.id if phone else None
    proofs, number_left = let_go(room, numbers, caller_id, lambda words: click.echo(words))
    for proof in proofs:
        click.echo(shown(proof))
    if number_left:
        click.echo(f"the number is NOT gone yet: {number_left}")
    if number_left or any(proof.left and not proof.for_the_lead for proof in proofs):
        sys.exit("heard: not all of it is proved to be gone. The sweep goes on. Run this again.")


def shown(proof: Proof) -> str:
    """One item's proof as a line."""
    name = references.shown(proof.reference)
    if proof.for_the_lead:
        return f"{name}: not erased. {proof.left} It waits for the safeguarding lead."
    gone = ", ".join(f"{count} {what}" for what, count in proof.gone.items() if count)
    state = f"NOT YET PROVED: {proof.left}" if proof.left else "proved: nothing of it is left"
    return f"{name}: erased {gone or 'before'}; {state}"
