import itertools

import pytest

from tests.dialogue.doorstep import Doorstep


@pytest.fixture
def door(empty_sqlite, tmp_path):
    """The one door, with a clock to move."""
    with Doorstep(empty_sqlite, tmp_path) as opened:
        yield opened


@pytest.fixture
def say(door):
    """Text the line; each text a minute after the last. The reply, or None."""
    numbers = itertools.count()

    def text(body, **pause):
        door.later(**(pause or {"minutes": 1}))
        return next(iter(door.text(f"SM{next(numbers)}", body)), None)

    return text


@pytest.fixture
def found_later(door):
    """A text of some time ago that no webhook brought is found now. The reply, or None."""
    numbers = itertools.count()

    def text(body, **ago):
        return door.found_later(f"SMf{next(numbers)}", body, **ago)

    return text
