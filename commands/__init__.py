"""`flask --app app ...`: a file for each command, loaded only when a command runs."""

import importlib
from typing import ClassVar

import click
from flask.cli import AppGroup


class Lazily(AppGroup):
    """Commands by name: each file is loaded when it is asked for, as some bring Vosk with them."""

    files: ClassVar = {"restore": "backup"}
    names = (
        "backup",
        "catch-up",
        "copy-database",
        "doctor",
        "export",
        "forget",
        "migrate-storage",
        "model",
        "providers",
        "redact",
        "reseal",
        "restore",
        "retain",
        "staff",
        "subject",
        "sweep",
        "tier",
        "transcribe",
        "twilio",
    )

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.names:
            return None
        name = self.files.get(cmd_name, cmd_name.replace("-", "_"))
        file = importlib.import_module(f"commands.{name}")
        found: click.Command = getattr(file, cmd_name.replace("-", "_"))
        return found
