"""`model`: which speech model each language uses. `model list`, `model fetch NAME`: others."""

import sys
from pathlib import Path

import click

import config
from commands.errors import plain_errors
from dialogue.script import load
from speech import catalogue, fetching, models
from speech.downloading import CannotFetch
from workers.room import has_model


@click.group(invoke_without_command=True)
@click.pass_context
@plain_errors
def model(context: click.Context) -> None:
    """Say which speech models are in use; list and fetch others."""
    if context.invoked_subcommand is not None:
        return
    found = config.merged()
    script = load(config.script_folder(found))
    for language in script.line.languages:
        click.echo(
            _about(
                script.words[language].name,
                script.line.models.get(language),
                _folder(),
                has_model(script, language),
            )
        )


@model.command("list")
@click.option("--language", help="only this language, by its code: en, pl, hi ...")
@click.option("--all", "every", is_flag=True, help="those too that a newer one replaces")
def list_(language: str | None, every: bool) -> None:
    """What can be fetched: name, language, size; those that are here are marked."""
    for offer in _offers():
        code = offer.language.split("-")[0]
        if (every or not offer.obsolete) and language in (None, offer.language, code):
            here = "  here" if _is_here(offer.name) else ""
            size = f"{offer.size / 1_000_000:,.0f} MB"
            click.echo(f"{offer.name:42} {offer.language_name:24} {size:>9}{here}")


@model.command()
@click.argument("name")
def fetch(name: str) -> None:
    """Fetch the model NAME, check it, and put it where models lie; a break is gone on from."""
    offers = _offers()
    try:
        offer = catalogue.wanted(offers, name)
        with click.progressbar(length=offer.size, label=name, file=sys.stderr) as bar:
            place = fetching.fetch(
                _base(), offer, _folder(), lambda there: bar.update(there - bar.pos)
            )
    except (catalogue.NoList, CannotFetch) as why:
        sys.exit(f"heard: {why}")
    click.echo(f"{name} is at {place}. Name it under [models] in line.toml to use it.")


def _offers() -> list[catalogue.Offer]:
    try:
        return fetching.listed(_base())
    except CannotFetch as why:
        sys.exit(f"heard: {why}")


def _is_here(name: str) -> bool:
    try:
        return bool(models.find(_folder(), name))
    except models.NoModel:
        return False


def _base() -> str:
    return config.merged().get("VOSK_MODELS_URL") or fetching.VOSK


def _folder() -> Path:
    return config.models_folder(config.merged())


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
