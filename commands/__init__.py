"""`flask --app app ...`: a file for each command, loaded only when a command runs."""

import importlib
import sys
from collections.abc import Callable
from functools import wraps
from typing import ClassVar, ParamSpec, TypeVar

import click
from flask.cli import AppGroup

from config import WrongSetting
from dialogue.script import WrongScript
from triage.urgency import WrongUrgent

P = ParamSpec("P")
R = TypeVar("R")


class Lazily(AppGroup):
    """Commands by name: each file is loaded when it is asked for, as some bring Vosk with them."""

    files: ClassVar = {"restore": "backup"}
    names = (
        "backup",
        "doctor",
        "export",
        "model",
        "restore",
        "staff",
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
        file = importlib.import_module(f"commands.{self.files.get(cmd_name, cmd_name)}")
        found: click.Command = getattr(file, cmd_name)
        return found


def plain_errors(command: Callable[P, R]) -> Callable[P, R]:
    """A setting or a script that is wrong is one line and exit status 1, no traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (WrongSetting, WrongScript, WrongUrgent) as why:
            sys.exit(f"heard: {why}")

    return run
