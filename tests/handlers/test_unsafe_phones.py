"""What is texted to "Is this phone safe for us to text?", and is a no in anybody's words."""

import pytest

from tests.handlers.replied import kind

NOES = [
    *("he has my phone", "he checks my phone", "he reads my messages", "its his phone"),
    *("no this is my husbands phone", "no way", "never", "definitely not", "sorry no"),
    *("not really he looks at it", "not at night", "no 2", "👎"),
]


@pytest.mark.parametrize("no", NOES)
def test_a_no_in_anybodys_words_is_heard(sqlite_line, no):
    sqlite_line.text("my carer hits me")

    assert kind(sqlite_line.text(no)) == "quiet"
    assert sqlite_line.items()[0].safe is False


CRIES = ["no i cut my wrists", "No. theres no point any more", "no my tablets are gone i took them"]
CRIES += ["No. I will be gone by the time you read this", "not safe i want to die"]


@pytest.mark.parametrize("no", CRIES)
def test_a_no_that_is_a_cry_brings_help_and_is_heard_as_a_no(sqlite_line, no):
    sqlite_line.text("my carer hits me")

    assert kind(sqlite_line.text(no)) == "crisis"
    assert sqlite_line.items()[0].safe is False


WATCHED = ["no he will kill me if he sees", "no my mum will see", "dont text me he is back"]
WATCHED += ["its not safe actually, he is back", "please dont ring me"]


@pytest.mark.parametrize("no", WATCHED)
def test_a_no_for_fear_of_somebody_names_no_help_lines_to_them(sqlite_line, no):
    sqlite_line.text("my carer hits me")

    assert kind(sqlite_line.text(no)) == "quiet"
    assert sqlite_line.items()[0].safe is False
