"""`redact`: each line with personal details taken out. For trying the lists out."""

import sys

import click

import config
from commands.errors import plain_errors
from dialogue.script import load
from triage import redaction


@click.command()
@plain_errors
def redact() -> None:
    """Read lines from standard input; print them with personal details replaced."""
    folder = config.script_folder(config.merged())
    rules = redaction.load(folder, load(folder).line.languages[0])
    # Lists of texts come out of all kinds of programs: a byte that is no UTF-8 stops nothing.
    for line in sys.stdin.buffer:
        click.echo(redaction.redact(rules, line.decode("utf-8", "replace").rstrip("\r\n")))
