"""`twilio check`, `twilio setup`, `twilio bundle DIR`: what Twilio knows about this line."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

import config
from commands.errors import plain_errors
from dialogue.script import load
from workers import setup_bundle, twilio_setup
from workers.carrier import TwilioAway
from workers.setup_findings import WRONG, Finding


@click.group()
def twilio() -> None:
    """What Twilio has been told about this line."""


@twilio.command()
@plain_errors
def check() -> None:
    """Compare every number and Messaging Service with what the line needs; change nothing."""
    settings = config.read()
    sys.exit(shown(twilio_setup.check(settings, load(settings.script))))


@twilio.command()
@click.option("--fallback", help="The folder on another host where the bundle lies (https).")
@click.option("--yes", is_flag=True, help="Do not ask.")
@plain_errors
def setup(fallback: str | None, yes: bool) -> None:
    """Show what differs, ask, set it at Twilio, and look again."""
    settings = config.read()
    script = load(settings.script)
    findings = twilio_setup.check(settings, script, fallback)
    status = shown(findings)
    if not any(finding.changes for finding in findings):
        click.echo("\nThere is nothing here that this command could set.")
        sys.exit(status)
    click.echo("\nThis would be set:")
    for line in listed(findings):
        click.echo(f"  {line}")
    if not (yes or click.confirm("\nSet this at Twilio now?")):
        sys.exit("Nothing was changed.")
    try:
        twilio_setup.mend(settings, findings)
    except TwilioAway as why:
        sys.exit(f"heard: perhaps not everything was set: {why}. See: twilio check")
    click.echo("\nAs it is now:")
    sys.exit(shown(twilio_setup.check(settings, script, fallback)))


@twilio.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@plain_errors
def bundle(folder: Path) -> None:
    """Write the static answers for another host into FOLDER, from the script and PUBLIC_URL."""
    settings = config.read()
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in setup_bundle.bundle(load(settings.script), settings.public_url).items():
        (folder / name).write_bytes(document)
        click.echo(folder / name)


def shown(findings: Iterable[Finding]) -> int:
    """Print a line for each finding. The exit status: 1 when something is wrong."""
    levels = set()
    for finding in findings:
        click.echo(f"{finding.level:8} {finding.what}: {finding.words}")
        levels.add(finding.level)
    return 1 if WRONG in levels else 0


def listed(findings: Iterable[Finding]) -> list[str]:
    """Each field that would be set, once, and its new value."""
    changes = sorted({change for finding in findings for change in finding.changes})
    return [f"{c.path.split('/')[-1]}: {c.field} = {c.value or '(empty)'}" for c in changes]
