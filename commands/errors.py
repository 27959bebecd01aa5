"""What is wrong with a setting or the script is one line, for every command alike."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from config import WrongSetting
from dialogue.script import WrongScript
from speech.models import NoModel
from store.place import StoreAway
from triage.wrong_list import WrongList

P = ParamSpec("P")
R = TypeVar("R")


def plain_errors(command: Callable[P, R]) -> Callable[P, R]:
    """A wrong setting or script, no model, rows or recordings away: one line and exit status 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (WrongSetting, WrongScript, WrongList, NoModel) as why:
            sys.exit(f"heard: {why}")
        except SQLAlchemyError as why:
            sys.exit(f"heard: {no_database(why)}")
        except StoreAway as why:
            sys.exit(f"heard: {no_recordings(why)}.")

    return run


def no_database(why: SQLAlchemyError) -> str:
    """Its kind alone: a database's own message runs over many lines, and says what people said."""
    return f"the database cannot be used ({type(why).__name__}): is it running, and migrated?"


def no_recordings(why: StoreAway) -> str:
    """The setting before the reason: whoever starts a command knows it by its name."""
    return f"RECORDINGS_URL is wrong, or what it names cannot be used ({why})"
