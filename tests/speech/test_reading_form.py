"""How heard words are written for a reader, each still tied to its sound."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech import figures, numerals, reading
from speech.reading import Shown, read, shown


@pytest.mark.parametrize(
    ("heard", "as_read"),
    [
        pytest.param("the nurse was kind", "The nurse was kind", id="a sentence"),
        pytest.param("", "", id="nothing"),
        pytest.param("then i said i'm here", "Then I said I'm here", id="I"),
        pytest.param("in it is", "In it is", id="words that only begin with i"),
        pytest.param("my [unk] was late", "My [unclear] was late", id="an unknown word"),
        pytest.param("my g p rang", "My GP rang", id="GP"),
        pytest.param("a and e was full", "A&E was full", id="A&E"),
        pytest.param("a and b", "A and b", id="nearly A&E"),
        pytest.param("the n h s and the c q c", "The NHS and the CQC", id="NHS, CQC"),
        pytest.param("we rang nine nine nine", "We rang 999", id="999"),
        pytest.param("one one one helped", "111 helped", id="111"),
        pytest.param("oh nine nine nine", "Oh 999", id="a sigh before 999"),
        pytest.param(
            "oh seven seven double oh nine double oh one two three", "07700 900123",
            id="a telephone is not the ambulance's",
        ),
        pytest.param(
            "oh one two one four nine six oh one two three", "0121 496 0123", id="Birmingham",
        ),
        pytest.param(
            "oh two oh seven nine four six oh one two three", "020 7946 0123", id="London",
        ),
        pytest.param("oh three hundred", "Oh 300", id="no telephone"),
        pytest.param("two thousand and twenty six", "2026", id="a year in full"),
        pytest.param("twenty third of march", "23 March", id="a date without the"),
        pytest.param("nine four three treble five one two three four", "943 555 1234", id="treble"),
        pytest.param("five six seven days", "5 6 7 days", id="counting on"),
        pytest.param("we saw three nurses", "We saw three nurses", id="below ten in words"),
        pytest.param("we saw twelve nurses", "We saw 12 nurses", id="from ten in figures"),
        pytest.param("we waited nine hours", "We waited 9 hours", id="hours"),
        pytest.param("two or three weeks", "2 or 3 weeks", id="from two to three"),
        pytest.param("two three weeks", "2 3 weeks", id="two, three"),
        pytest.param("three and a half hours", "3½ hours", id="and a half"),
        pytest.param("one day she fell", "One day she fell", id="one day"),
        pytest.param("one to one care", "One to one care", id="one to one"),
        pytest.param("a hundred and four people", "104 people", id="a hundred"),
        pytest.param("two hundred and then", "200 and then", id="and that goes on"),
        pytest.param("a thousand and one", "1001", id="a thousand"),
        pytest.param("twenty five thousand", "25,000", id="thousands"),
        pytest.param("she is eighty seven", "She is 87", id="an age"),
        pytest.param("in twenty twenty six", "In 2026", id="a year"),
        pytest.param("in nineteen eighty four", "In 1984", id="a year before"),
        pytest.param("since twenty oh six", "Since 2006", id="a year with oh"),
        pytest.param("twenty thirty minutes", "20 30 minutes", id="no year before a unit"),
        pytest.param("on the ninth of july", "On 9 July", id="a date"),
        pytest.param("on july the twenty first", "On 21 July", id="a date, month first"),
        pytest.param("in may i may", "In may I may", id="may"),
        pytest.param("the second floor", "The second floor", id="second"),
        pytest.param("my twenty first birthday", "My 21st birthday", id="21st"),
        pytest.param("at nine thirty", "At 9:30", id="a time"),
        pytest.param("nine oh five a m", "9:05 am", id="a time with oh"),
        pytest.param("nine fifteen in the morning", "9:15 in the morning", id="a time of day"),
        pytest.param("half past nine", "Half past 9", id="half past"),
        pytest.param("at ten to three", "At 10 to 3", id="ten to"),
        pytest.param("five past nine", "5 past 9", id="five past"),
        pytest.param("ten to three hundred", "10 to 300", id="to three hundred"),
        pytest.param("nine p m", "9 pm", id="pm"),
        pytest.param("nine thirty people", "Nine 30 people", id="no time for sure"),
        pytest.param("ninety nine percent", "99%", id="percent"),
        pytest.param("it cost twenty pounds", "It cost £20", id="pounds"),
        pytest.param("she lost twenty pounds", "She lost 20 pounds", id="weight"),
        pytest.param("twenty four seven care", "24/7 care", id="24/7"),
        pytest.param("on monday in july", "On Monday in July", id="days and months"),
    ],
)  # fmt: skip
def test_heard_words_are_written_as_people_write_them(heard: str, as_read: str) -> None:
    assert shown(read(heard.split())) == as_read


def test_a_group_stands_for_all_its_heard_words() -> None:
    assert read(["my", "g", "p", "rang"]) == [
        Shown("My", 0, 0, " "),
        Shown("GP", 1, 2, " "),
        Shown("rang", 3, 3, ""),
    ]


@pytest.mark.parametrize(
    ("pauses", "as_read"),
    [
        pytest.param([0.1, 0.1, 0.1], "She fell nobody came", id="no pause"),
        pytest.param([0.1, 0.8, 0.1], "She fell. Nobody came", id="a pause"),
        pytest.param([0.1, 2.0, 0.1], "She fell\nNobody came", id="a long pause"),
        pytest.param([0.7, 0.8, 0.7], "She fell nobody came", id="short of breath"),
        pytest.param([0.7, 3.0, 0.7], "She fell. Nobody came", id="short of breath, and a pause"),
    ],
)
def test_a_pause_ends_a_sentence_and_a_long_one_a_line(pauses: list[float], as_read: str) -> None:
    assert shown(read(["she", "fell", "nobody", "came"], pauses)) == as_read


def test_two_numbers_with_a_pause_between_are_two() -> None:
    said = ["twenty", "five", "came", "in"]
    assert shown(read(said, [0.8, 0.1, 0.1])) == "20. Five came in"


def test_a_telephone_number_said_in_pieces_is_one() -> None:
    said = "oh seven seven oh oh nine oh oh one two three"
    assert shown(read(said.split(), [0, 0, 0, 0, 0.9, 0, 0, 0, 0, 0])) == "07700 900123"


HEARD = st.sampled_from(
    sorted(
        {"[unk]", "of", "the", "per", "cent", "p", "m", "n", "h", "s", "g", "e", "half", "past"}
        | {"in", "morning", "thousand", "hundred", "and", "a", "or", "to", "at", "pounds", "i"}
        | {*numerals.ONES, *numerals.TEENS, *numerals.TENS, *numerals.ORDINALS, *numerals.TIMES}
        | {*figures.MONTHS, *figures.UNITS, *reading.LONE, "oh"}
    )
)


@given(st.lists(st.tuples(HEARD, st.sampled_from([0.0, 0.8, 3.0]))))
def test_every_heard_word_is_in_exactly_one_shown_word(heard: list[tuple[str, float]]) -> None:
    words = read([word for word, _ in heard], [pause for _, pause in heard[:-1]])
    assert [at for word in words for at in range(word.first, word.last + 1)] == [*range(len(heard))]
    assert all(word.text for word in words)
    assert all(earlier.after for earlier, _ in pairwise(words))
