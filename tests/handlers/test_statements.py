"""How many statements a webhook makes: each is a way to the database while somebody waits."""

from collections.abc import Callable

import pytest

from tests.driver import Line
from tests.handlers.asked import asked_of


@pytest.fixture
def counted(line: Line):
    """Counts the statements of an act, the beginning of its transaction left out."""

    def count(act: Callable[[], object]) -> int:
        with asked_of(line.house.database.engine) as made:
            act()
        return len(made)

    line.text("the nurse was kind", frm="+447700900999")  # connections are open
    return count


def test_a_call_from_a_new_phone_is_seven_statements(line, counted):
    assert counted(line.ring) == 7


def test_a_step_that_gives_no_answer_is_five_statements(line, counted):
    call = line.ring()

    assert counted(lambda: call.press("1")) == 5


def test_an_item_and_its_first_answer_are_one_statement_of_seven(line, counted):
    call = line.ring()
    call.press("1")

    assert counted(lambda: call.press("2")) == 7


def test_a_first_text_from_a_new_phone_is_eleven_statements(line, counted):
    assert counted(lambda: line.text("the nurse was kind")) == 11


def test_an_answer_by_text_is_ten_statements(line, counted):
    line.text("the nurse was kind")

    assert counted(lambda: line.text("2")) == 10
