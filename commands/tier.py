"""`tier`: what the urgent phrases make of each line of text. For trying a list out."""

import sys

import click

import config
from commands.errors import plain_errors
from dialogue.script import load
from triage import urgency


@click.command()
@plain_errors
def tier() -> None:
    """Read lines from standard input; print R1 to R4 or none, and the phrases that decided."""
    folder = config.script_folder(config.merged())
    tiers = [level for code in load(folder).line.languages for level in urgency.load(folder, code)]
    # Lists of texts come out of all kinds of programs: a byte that is no UTF-8 stops nothing.
    for line in sys.stdin.buffer:
        found = urgency.tier(tiers, line.decode("utf-8", "replace").rstrip("\r\n"))
        click.echo("\t".join((found.tier or "none", *found.phrases)))
