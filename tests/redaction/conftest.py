"""The desk's and the commands' fixtures, for what readers see and what leaves."""

from tests.commands.conftest import run
from tests.desk.conftest import desk, seat

__all__ = ["desk", "run", "seat"]
