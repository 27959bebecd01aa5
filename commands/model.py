"""`model`: which speech model each language uses."""

from pathlib import Path

import click

import config
from commands.errors import plain_errors
from dialogue.script import load
from speech import models
from workers.room import has_model


@click.command()
@plain_errors
def model() -> None:
    """Say which speech model is in use, and how to get a real one."""
    found = config.merged()
    script = load(config.script_folder(found))
    folder = config.ROOT / (found.get("VOSK_MODEL_PATH") or "models")
    for language in script.line.languages:
        click.echo(
            _about(
                script.words[language].name,
                script.line.models.get(language),
                folder,
                has_model(script, language),
            )
        )


def _about(language: str, name: str | None, folder: Path, has_one: bool) -> str:
    if not has_one:
        return f"{language}: none; recordings are for people to hear (README: speech models)"
    try:
        called, _ = models.find(folder, name)
    except models.NoModel as why:
        return f"{language}: {why}"
    if called == models.DEMO_NAME:
        return (
            f"{language}: {called}, for trying out only, not for real callers "
            "(a real one: README, speech models)"
        )
    return f"{language}: {called}"
