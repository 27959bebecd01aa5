"""A desk with colleagues and feedback of the last months."""

from tests.desk.conftest import both, chromium, desk, seat, tab, web  # noqa: F401 (fixtures)
