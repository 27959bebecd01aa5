"""`flask --app app ...`: a file for each command, loaded only when a command runs."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask

from config import WrongSetting
from dialogue.script import WrongScript
from triage.urgency import WrongUrgent

P = ParamSpec("P")
R = TypeVar("R")


def attach(app: Flask) -> None:
    """Hang every command up in the app's command line."""
    from commands import doctor, export, model, staff, sweep, tier, transcribe

    for command in (
        doctor.doctor,
        export.export,
        model.model,
        staff.staff,
        sweep.sweep,
        tier.tier,
        transcribe.transcribe,
    ):
        app.cli.add_command(command)


def plain_errors(command: Callable[P, R]) -> Callable[P, R]:
    """A setting or a script that is wrong is one line and exit status 1, no traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (WrongSetting, WrongScript, WrongUrgent) as why:
            sys.exit(f"heard: {why}")

    return run
