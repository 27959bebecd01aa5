"""How heard words are written for a reader, each still tied to its sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.reading import Shown, shown, shown_words


@pytest.mark.parametrize(
    ("heard", "read"),
    [
        pytest.param("the nurse was kind", "The nurse was kind", id="a sentence"),
        pytest.param("", "", id="nothing"),
        pytest.param("then i said i'm here", "Then I said I'm here", id="I"),
        pytest.param("in it is", "In it is", id="words that only begin with i"),
        pytest.param("my [unk] was late", "My [unclear] was late", id="an unknown word"),
        pytest.param("my g p rang", "My GP rang", id="GP"),
        pytest.param("a and e was full", "A&E was full", id="A&E"),
        pytest.param("the n h s", "The NHS", id="NHS"),
        pytest.param("we rang nine nine nine", "We rang 999", id="999"),
        pytest.param("one one one helped", "111 helped", id="111"),
        pytest.param(
            "oh seven nine nine nine two",
            "Oh seven nine nine nine two",
            id="a caller's own number is not the ambulance's",
        ),
        pytest.param("a and b", "A and b", id="nearly A&E"),
    ],
)
def test_heard_words_are_written_as_people_write_them(heard: str, read: str) -> None:
    assert shown(heard) == read


def test_a_group_stands_for_all_its_heard_words() -> None:
    assert shown_words(["my", "g", "p", "rang"]) == [
        Shown("My", 0, 0),
        Shown("GP", 1, 2),
        Shown("rang", 3, 3),
    ]


HEARD = st.sampled_from(["a", "and", "e", "g", "p", "n", "h", "s", "nine", "one", "i", "[unk]"])


@given(st.lists(HEARD))
def test_every_heard_word_is_in_exactly_one_shown_word(heard: list[str]) -> None:
    covered = [at for word in shown_words(heard) for at in range(word.first, word.last + 1)]
    assert covered == list(range(len(heard)))
