"""What is wrong with a setting or the script is one line, for every command alike."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from config import WrongSetting
from dialogue.script import WrongScript
from triage.redaction import WrongRedaction
from triage.urgency_lists import WrongUrgent

P = ParamSpec("P")
R = TypeVar("R")


def plain_errors(command: Callable[P, R]) -> Callable[P, R]:
    """A setting or a script that is wrong is one line and exit status 1, no traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (WrongSetting, WrongRedaction, WrongScript, WrongUrgent) as why:
            sys.exit(f"heard: {why}")

    return run
