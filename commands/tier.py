"""`tier`: what is urgent in each line of text, and why. For trying a list of phrases out."""

import sys

import click

import config
from commands.errors import plain_errors
from dialogue.script import load
from triage import ears


@click.command()
@plain_errors
def tier() -> None:
    """Read lines from standard input; print R1 to R4 or none, and what decided."""
    folder = config.script_folder(config.merged())
    listening = ears.every(folder, load(folder).line.languages).values()
    # Lists of texts come out of all kinds of programs: a byte that is no UTF-8 stops nothing.
    for line in sys.stdin.buffer:
        found = ears.tier(listening, line.decode("utf-8", "replace").rstrip("\r\n"))
        click.echo("\t".join((found.tier or "none", *found.phrases)))
