import pytest

from tests.dialogue.doorstep import Doorstep


@pytest.fixture
def door(empty_sqlite, tmp_path):
    """The one door, with a clock to move."""
    with Doorstep(empty_sqlite, tmp_path) as opened:
        yield opened
