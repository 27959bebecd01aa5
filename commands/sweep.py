"""`sweep`: do at once what the clock does every ten seconds."""

import click

import config
from commands.errors import plain_errors
from store.queue import Bell
from workers.room import furnish
from workers.sweep import sweep as sweep_once


@click.command()
@plain_errors
def sweep() -> None:
    """Ring, close, erase, forget and alert, as far as due; print how much that was."""
    room = furnish(config.read(), with_models=False)
    swept = sweep_once(room, Bell(room.settings.redis_url))
    click.echo(
        f"recordings rung for: {swept.recordings}\n"
        f"texts to send: {swept.texts}\n"
        f"copies at Twilio to delete: {swept.copies}\n"
        f"conversations closed: {swept.conversations}\n"
        f"items erased: {swept.erased}\n"
        f"phones forgotten: {swept.forgotten}\n"
        f"erasures proved: {swept.proved}\n"
        f"raised after three reports: {swept.raised}\n"
        f"alerts a step further: {swept.alerts}\n"
        f"items back from waiting: {swept.woken}"
    )
