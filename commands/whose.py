"""Whose data a command is about: a number or a reference, as operators give it."""

import sys
from collections.abc import Sequence

from sqlalchemy.orm import Session

from dialogue import numbers
from dialogue.asked_for import reference
from store.arrival_rows import Caller
from store.models import Feedback
from store.seal import Seal
from store.whose import whose


def given(word: str) -> str:
    """A number or reference; `-` reads it from standard input, so that it stands in no list of
    processes."""
    return sys.stdin.readline().strip() if word == "-" else word


def found(session: Session, seal: Seal, word: str) -> tuple[Caller | None, Sequence[Feedback]]:
    """The phone, where it is a number, and the items. Ends the command for nobody that we know."""
    phone, items = whose(session, seal, numbers.typed(word), reference(word) or "")
    if phone is None and not items:
        sys.exit("heard: nothing is known of that. A number is written +447700900123.")
    return phone, items
