"""`tier`: what the urgent phrases make of each line of text. For trying a list out."""

import sys

import click

import config
from commands import plain_errors
from dialogue.script import load
from triage import urgency


@click.command()
@plain_errors
def tier() -> None:
    """Read lines from standard input; print R1 to R4 or none, and the phrases that decided."""
    folder = config.script_folder(config.merged())
    tiers = [level for code in load(folder).line.languages for level in urgency.load(folder, code)]
    for line in sys.stdin:
        found = urgency.tier(tiers, line.rstrip("\n"))
        click.echo("\t".join((found.tier or "none", ", ".join(found.phrases))))
