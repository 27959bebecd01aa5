"""How heard words are written for a reader, each still tied to its sound."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech import dates, dialled, digits, numerals, reading, units
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
        pytest.param("vitamin a and e", "Vitamin a and e", id="vitamins"),
        pytest.param("hepatitis a and e", "Hepatitis a and e", id="hepatitis"),
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
        pytest.param(
            "oh eight hundred one two three four five six one nurse", "0800 123456 one nurse",
            id="a number of 0800 and a nurse",
        ),
        pytest.param(
            "oh eight hundred one two three four five six seven and", "0800 123 4567 and",
            id="a longer number of 0800",
        ),
        pytest.param(
            "oh eight hundred one two three four five double six one", "0800 123 4566 one",
            id="no half of a double",
        ),
        pytest.param(
            "oh seven seven oh oh nine oh oh one two three came", "07700 900123 came",
            id="a mobile has eleven digits",
        ),
        pytest.param("nine nine nine one one one and", "999 111 and", id="999, and 111"),
        pytest.param("treble one treble one treble nine", "111 111 999", id="111 twice, and 999"),
        pytest.param(
            "oh seven seven oh oh nine oh oh one two three " * 2, "07700 900123 07700 900123",
            id="a telephone said twice",
        ),
        pytest.param(
            "nine four three four seven six five nine one nine one one one", "943 476 5919 111",
            id="an NHS number, and 111",
        ),
        pytest.param("oh three hundred", "Oh 300", id="no telephone"),
        pytest.param("two thousand and twenty six", "2026", id="a year in full"),
        pytest.param("twenty third of march", "23 March", id="a date without the"),
        pytest.param("nine four three treble five one two three four", "943 555 1234", id="treble"),
        pytest.param("five six seven days", "5 6 7 days", id="counting on"),
        pytest.param("nine nine nine one came", "999 one came", id="999, and one"),
        pytest.param("i rang treble one two times", "I rang 111 two times", id="111, twice"),
        pytest.param("one one one two hours ago", "111 2 hours ago", id="111, hours ago"),
        pytest.param("nine nine nine calls", "999 calls", id="999 before another word"),
        pytest.param(
            "nine four three four seven six five nine one nine eight of us",
            "943 476 5919 eight of us",
            id="an NHS number, and eight",
        ),
        pytest.param("room one oh four two", "Room 1042", id="a row of no known length"),
        pytest.param(
            "seven eight nine times a day", "Seven eight nine times a day", id="times a day",
        ),
        pytest.param("two three five hundred", "Two three five hundred", id="hundreds"),
        pytest.param(
            "two to three hundred milligrams", "Two to three hundred milligrams",
            id="200 to 300 milligrams, it may be",
        ),
        pytest.param(
            "two three hundred milligrams", "Two three hundred milligrams", id="200 or 300",
        ),
        pytest.param(
            "four or five thousand pounds", "Four or five thousand pounds", id="4000, or 5000",
        ),
        pytest.param(
            "between two and three hundred pounds", "Between two and three hundred pounds",
            id="between 200 and 300",
        ),
        pytest.param(
            "ten to twelve hundred people", "Ten to twelve hundred people", id="1000 to 1200",
        ),
        pytest.param(
            "a hundred to two hundred thousand", "A hundred to two hundred thousand",
            id="100,000 to 200,000",
        ),
        pytest.param("fifty to three hundred men", "50 to 300 men", id="50 to 300, for sure"),
        pytest.param("two hundred or three hundred", "200 or 300", id="both in full"),
        pytest.param("seven eight nine ten", "Seven eight nine 10", id="counting to ten"),
        pytest.param("four five six nurses", "Four five six nurses", id="about five nurses"),
        pytest.param("the code is four five six", "The code is 456", id="a code"),
        pytest.param("two nine nine nine calls", "Two 999 calls", id="two calls of 999"),
        pytest.param("twenty one one one calls", "20 111 calls", id="20 calls of 111"),
        pytest.param("oh nine nine nine one came", "Oh 999 one came", id="a sigh, 999, and one"),
        pytest.param("oh eight hundred one one one one", "0800 1111", id="Childline"),
        pytest.param(
            "oh seven nine hundred one two three four five six", "07900 123456", id="oh seven 900"
        ),
        pytest.param("oh eight hundred eleven eleven", "0800 1111", id="Childline, two by two"),
        pytest.param(
            "oh three thousand sixty one sixty one sixty one", "0300 061 6161",
            id="the CQC, two by two",
        ),
        pytest.param(
            "oh one nine oh two thirty one forty fifty one", "01902 314051",
            id="a telephone two by two",
        ),
        pytest.param(
            "oh eight hundred seven eighty three", "Oh eight hundred seven eighty three",
            id="too few digits for a telephone, two by two",
        ),
        pytest.param(
            "zero three hundred three thirty three and",
            "Zero three hundred three thirty three and", id="too few behind zero",
        ),
        pytest.param("oh nine nine nine ten came", "Oh 999 10 came", id="a sigh, 999, and ten"),
        pytest.param("oh eight hundred people", "Oh 800 people", id="a sigh before hundreds"),
        pytest.param(
            "oh one two hundred came", "Oh one two hundred came", id="a sigh, and 100 or 200",
        ),
        pytest.param("three hundred five pounds", "£305", id="hundreds without and"),
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
        pytest.param("a thousand and two hundred people", "1200 people", id="thousand, hundred"),
        pytest.param("two thousand three thousand", "2000 3000", id="two thousands"),
        pytest.param("a hundred and two hundred", "100 and 200", id="two hundreds"),
        pytest.param("a hundred and two thousand", "102,000", id="a hundred and two thousand"),
        pytest.param("twenty five thousand", "25,000", id="thousands"),
        pytest.param(
            "it cost me hundred and fifty pounds", "It cost me £150", id="a hundred without a",
        ),
        pytest.param("thousand and fifty pounds", "£1050", id="a thousand without a"),
        pytest.param("hundred and two thousand", "102,000", id="thousands without a"),
        pytest.param("waited hundred and fifty days", "Waited 150 days", id="days without a"),
        pytest.param("the first hundred people", "The first 100 people", id="the first hundred"),
        pytest.param(
            "nineteenth hundred and sixty four", "Nineteenth hundred and sixty four",
            id="a year misheard",
        ),
        pytest.param("hundred percent", "100%", id="percent without a"),
        pytest.param(
            "a couple of hundred and fifty pounds", "A couple of hundred and fifty pounds",
            id="a couple of hundred",
        ),
        pytest.param("a few thousand people", "A few thousand people", id="a few thousand"),
        pytest.param(
            "two and a half thousand pounds", "Two and a half thousand pounds", id="and a half",
        ),
        pytest.param(
            "[unk] hundred and fifty pounds", "[unclear] hundred and fifty pounds",
            id="an unknown number of hundreds",
        ),
        pytest.param("the hundred and first", "The hundred and first", id="a 101st"),
        pytest.param("hundred and fiftieth", "Hundred and fiftieth", id="a 150th"),
        pytest.param("hundred and twenty first", "Hundred and twenty first", id="a 121st"),
        pytest.param("nine nine hundred", "Nine 900", id="nine, or nine hundred"),
        pytest.param("she is eighty seven", "She is 87", id="an age"),
        pytest.param("in twenty twenty six", "In 2026", id="a year"),
        pytest.param("in nineteen eighty four", "In 1984", id="a year before"),
        pytest.param("since twenty oh six", "Since 2006", id="a year with oh"),
        pytest.param("twenty thirty minutes", "20 30 minutes", id="no year before a unit"),
        pytest.param("until nineteen twenty", "Until 1920", id="a year of two counts"),
        pytest.param("in july twenty thirty they", "In July 2030 they", id="a year and its month"),
        pytest.param("july the ninth twenty thirty", "9 July 2030", id="a year and its day"),
        pytest.param("it was twenty thirty", "It was 2030", id="a year that ends what was said"),
        pytest.param("twenty thirty was bad", "2030 was bad", id="a year that was"),
        pytest.param("twenty thirty people", "20 30 people", id="twenty people, or thirty"),
        pytest.param("the first twenty thirty men", "The first 20 30 men", id="the first of 30"),
        pytest.param("twenty eleven people", "20 11 people", id="twenty people, or eleven"),
        pytest.param("twenty eleven of us", "20 11 of us", id="twenty of us, or eleven"),
        pytest.param("in twenty eleven people", "In 2011 people", id="people in a year"),
        pytest.param("twenty twenty five of us", "20 25 of us", id="twenty of us, or 25"),
        pytest.param("twenty twenty four again", "2024 again", id="a year that is no count"),
        pytest.param("nineteen forty in leeds", "1940 in leeds", id="a year of nineteen"),
        pytest.param("on the ninth of july", "On 9 July", id="a date"),
        pytest.param("on july the twenty first", "On 21 July", id="a date, month first"),
        pytest.param("in may i may", "In may I may", id="may"),
        pytest.param("the first of may", "1 May", id="of May"),
        pytest.param("may the first", "1 May", id="May the first"),
        pytest.param("march the twenty third", "23 March", id="March the 23rd"),
        pytest.param("ninth july", "9 July", id="a date without of"),
        pytest.param("july ninth", "9 July", id="a date, month first, without the"),
        pytest.param("on july ninth we rang", "On 9 July we rang", id="on a date without the"),
        pytest.param("july ninth nineteen ten", "9 July 1910", id="its year, without the"),
        pytest.param(
            "it was july fifth at nine", "It was 5 July at nine",
            id="a bare date within",
        ),
        pytest.param(
            "i saw him july fifth and july tenth", "I saw him 5 July and 10 July",
            id="two bare dates",
        ),
        pytest.param("last july first thing", "Last July first thing", id="first thing in July"),
        pytest.param("i saw june second and she", "I saw June second and she", id="who is June"),
        pytest.param("i saw april first of all", "I saw April first of all", id="who is April"),
        pytest.param("the doctor may first check", "The doctor may first check", id="may check"),
        pytest.param("the first may have been", "The first may have been", id="may have been"),
        pytest.param("they march first", "They march first", id="they march"),
        pytest.param("in july the second nurse", "In July the second nurse", id="a nurse in July"),
        pytest.param("thirty second of may", "32nd of may", id="a day that no month has"),
        pytest.param(
            "last june the second appointment", "Last June the second appointment",
            id="an appointment in June",
        ),
        pytest.param("last june the second", "Last June the second", id="not the last June"),
        pytest.param(
            "it was june the first time", "It was June the first time", id="the first time",
        ),
        pytest.param(
            "since october third floor closed", "Since October third floor closed",
            id="a floor since October",
        ),
        pytest.param("since june the first she", "Since 1 June she", id="since a day"),
        pytest.param("since april first she", "Since 1 April she", id="since a bare day"),
        pytest.param("on june the first nobody", "On 1 June nobody", id="on a day, and nobody"),
        pytest.param(
            "june the second two thousand and four", "2 June 2004", id="its year in full",
        ),
        pytest.param("the second floor", "The second floor", id="second"),
        pytest.param("my twenty first birthday", "My 21st birthday", id="21st"),
        pytest.param("at nine thirty", "At 9:30", id="a time"),
        pytest.param("at nine thirty one the nurse", "At 9:31 the nurse", id="a time, and who"),
        pytest.param(
            "at nine thirty one nurse came", "At nine thirty one nurse came", id="9:31, or one",
        ),
        pytest.param("at one thirty one of them", "At one thirty one of them", id="one of them"),
        pytest.param("at ten ten people came", "At 10 10 people came", id="10:10, or ten people"),
        pytest.param(
            "at two thirty two in the morning", "At 2:32 in the morning",
            id="nobody counts in the morning",
        ),
        pytest.param("nine oh five a m", "9:05 am", id="a time with oh"),
        pytest.param("nine oh five p m", "9:05 pm", id="a time with oh, after noon"),
        pytest.param("nine oh five in the morning", "9:05 in the morning", id="a morning with oh"),
        pytest.param("at eight oh eight", "At 8:08", id="at, with oh"),
        pytest.param("at six oh seven o'clock", "At 6:07 o'clock", id="o'clock with oh"),
        pytest.param("at eight oh eight two", "At 8082", id="too many digits for a time"),
        pytest.param("room eight oh eight", "Room 808", id="a room with oh"),
        pytest.param(
            "i live at one oh one high street", "I live at 101 high street",
            id="a house behind at",
        ),
        pytest.param(
            "we are at two oh five park road", "We are at 205 park road",
            id="another house behind at",
        ),
        pytest.param(
            "i rang the police at one oh one", "I rang the police at 101",
            id="the police behind at",
        ),
        pytest.param("at one oh one a m", "At 1:01 am", id="a time as the police's number"),
        pytest.param(
            "ring at nine oh five double two three four", "Ring at 9052234",
            id="a telephone behind at",
        ),
        pytest.param(
            "ring at five oh two double nine", "Ring at 50299",
            id="a double behind a time",
        ),
        pytest.param(
            "at nine oh five the nurse came", "At 9:05 the nurse came",
            id="a time, then who came",
        ),
        pytest.param("nine fifteen in the morning", "9:15 in the morning", id="a time of day"),
        pytest.param(
            "my appointment was ten forty", "My appointment was ten forty", id="an hour of ten",
        ),
        pytest.param(
            "my eleven fifteen appointment", "My eleven fifteen appointment",
            id="an appointment of eleven",
        ),
        pytest.param("ten twenty patients", "10 20 patients", id="ten patients, or twenty"),
        pytest.param("ten eleven twelve and", "10 11 12 and", id="counting to twelve"),
        pytest.param("at nineteen thirty", "At 19:30", id="an evening by the wards' clock"),
        pytest.param("at twenty fifteen she", "At 20:15 she", id="a later evening"),
        pytest.param("at sixteen forty five", "At 16:45", id="an afternoon by the wards' clock"),
        pytest.param("at twenty two ten i rang", "At 22:10 I rang", id="an hour of two words"),
        pytest.param("at nineteen oh five", "At 19:05", id="an evening with oh"),
        pytest.param("at nineteen thirty hours", "At 1930 hours", id="hours"),
        pytest.param("at oh eight hundred hours", "At 0800 hours", id="a morning's hours"),
        pytest.param("at oh eight thirty", "At 08:30", id="a morning by the wards' clock"),
        pytest.param("at oh eight oh five", "At 08:05", id="a morning with two oh"),
        pytest.param("at oh eight hundred people", "At oh 800 people", id="a sigh behind at"),
        pytest.param(
            "at sixteen twenty five of them", "At 16 25 of them", id="an age, then people",
        ),
        pytest.param("at twenty twenty people", "At 20 20 people", id="20 people, behind at"),
        pytest.param("at nineteen eighty four", "At 1984", id="no minutes"),
        pytest.param(
            "at sixteen twenty minutes later", "At 16 20 minutes later", id="an age, then minutes",
        ),
        pytest.param("in the nineteen eighties", "In the 1980s", id="a decade"),
        pytest.param("in their eighties", "In their eighties", id="ages"),
        pytest.param("i rang nine nine double nine", "I rang 9999", id="a nine too many"),
        pytest.param("half past nine", "Half past 9", id="half past"),
        pytest.param("at ten to three", "At 10 to 3", id="ten to"),
        pytest.param("five past nine", "5 past 9", id="five past"),
        pytest.param("ten to three hundred", "10 to 300", id="to three hundred"),
        pytest.param("nine p m", "9 pm", id="pm"),
        pytest.param("nine thirty people", "Nine thirty people", id="no time for sure"),
        pytest.param("my nine thirty one", "My nine thirty one", id="an appointment"),
        pytest.param("nine to five thirty", "Nine to five thirty", id="until half past five"),
        pytest.param("nine nine nine ten times", "999 10 times", id="999 ten times"),
        pytest.param("two hundred and five twelve", "205 12", id="205, and 12"),
        pytest.param("twenty five thirty people", "25 30 people", id="25 people, or 30"),
        pytest.param("two eighteen month olds", "2 18 month olds", id="two of 18 months"),
        pytest.param("ninety nine percent", "99%", id="percent"),
        pytest.param("it cost twenty pounds", "It cost £20", id="pounds"),
        pytest.param("she lost twenty pounds", "She lost 20 pounds", id="weight"),
        pytest.param("twelve pounds fifty", "£12.50", id="pounds and pence"),
        pytest.param("three pounds eighty an hour", "£3.80 an hour", id="a price for an hour"),
        pytest.param("i paid two pound fifty", "I paid £2.50", id="pound and pence"),
        pytest.param("it was a pound fifty", "It was £1.50", id="a pound and pence"),
        pytest.param("a ten pound note", "A 10 pound note", id="a note"),
        pytest.param("two pound fifty people", "Two pound 50 people", id="pound, then people"),
        pytest.param("she was eight pounds two", "She was eight pounds two", id="a baby"),
        pytest.param("she was eight pound ten", "She was eight pound ten", id="a heavier baby"),
        pytest.param("it cost eight pounds ten", "It cost £8.10", id="no baby: it cost that"),
        pytest.param("eight pounds two people", "£8 two people", id="pounds, then two"),
        pytest.param(
            "i lost twenty pounds in the machine", "I lost £20 in the machine",
            id="lost in a machine",
        ),
        pytest.param(
            "she lost twenty pounds in the hospital", "She lost 20 pounds in the hospital",
            id="lost in a hospital",
        ),
        pytest.param("ten pounds fifty people", "£10 50 people", id="pounds, then people"),
        pytest.param("five pounds ten to three", "£5 10 to 3", id="pounds, then a time"),
        pytest.param("ten twenty pounds", "10 20 pounds", id="ten pounds, or twenty"),
        pytest.param("two three percent", "2 3 percent", id="two percent, or three"),
        pytest.param("twelve pounds at birth", "12 pounds at birth", id="a weight at birth first"),
        pytest.param("he is down ten pounds", "He is down 10 pounds", id="weight that is lost"),
        pytest.param("she dropped ten pounds", "She dropped 10 pounds", id="dropped weight"),
        pytest.param("born at nine pounds", "Born at nine pounds", id="a weight at birth"),
        pytest.param(
            "we sat down and had to pay twenty pounds", "We sat down and had to pay £20",
            id="sat down",
        ),
        pytest.param(
            "i was early and paid ten pounds fifty", "I was early and paid £10.50",
            id="early, and paid",
        ),
        pytest.param(
            "he dropped me off and i paid ten pounds", "He dropped me off and I paid £10",
            id="a taxi",
        ),
        pytest.param("the shed cost twenty pounds", "The shed cost £20", id="a shed"),
        pytest.param(
            "we paid and he lost ten pounds", "We paid and he lost 10 pounds",
            id="paid, and lost weight",
        ),
        pytest.param(
            "ten pounds we paid for an early visit", "£10 we paid for an early visit",
            id="paid behind it",
        ),
        pytest.param("it was thirty eight point five", "It was 38.5", id="a temperature"),
        pytest.param("two point two five milligrams", "2.25 milligrams", id="a dose"),
        pytest.param("one point five hours", "1.5 hours", id="one point five"),
        pytest.param("at one point two came", "At one point two came", id="at one point"),
        pytest.param("a ten point plan", "A 10 point plan", id="ten points"),
        pytest.param("one twenty over eighty", "120 over 80", id="blood pressure"),
        pytest.param("one twenty over there", "One twenty over there", id="no blood pressure"),
        pytest.param("a twenty second wait", "A 20 second wait", id="20 seconds"),
        pytest.param("the sixty second wait", "The 60 second wait", id="the wait of 60 seconds"),
        pytest.param("about forty second delay", "About 40 second delay", id="about 40 seconds"),
        pytest.param("fifty first time mums", "50 first time mums", id="50 mums"),
        pytest.param("fifty first time", "51st time", id="a 51st time"),
        pytest.param(
            "my twenty second call to you", "My 22nd call to you",
            id="a caller's 22nd call",
        ),
        pytest.param("his thirty second check", "His 32nd check", id="his 32nd check"),
        pytest.param("a twenty second call", "A 20 second call", id="a call of 20 seconds"),
        pytest.param("twenty second year men", "20 second year men", id="20 of the second year"),
        pytest.param("his eighty second birthday", "His 82nd birthday", id="his 82nd"),
        pytest.param("mum's sixty first birthday", "Mum's 61st birthday", id="her 61st"),
        pytest.param("on monday twenty second", "On Monday 22nd", id="a Monday"),
        pytest.param("ward b twenty second floor", "Ward b 22nd floor", id="a 22nd floor"),
        pytest.param("twenty fifth time", "25th time", id="a 25th time"),
        pytest.param("the twenty first time", "The 21st time", id="the 21st time"),
        pytest.param("the twenty second time", "The 22nd time", id="22nd"),
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


def _in_pieces(pieces: str) -> list[Shown]:
    """As read where a pause that ends a sentence is at each "|"."""
    said = [piece.split() for piece in pieces.split("|")]
    pauses = [pause for piece in said for pause in [0.0] * (len(piece) - 1) + [0.9]]
    return read([word for piece in said for word in piece], pauses[:-1])


def test_two_numbers_with_a_pause_between_are_two() -> None:
    said = ["twenty", "five", "came", "in"]
    assert shown(read(said, [0.8, 0.1, 0.1])) == "20. Five came in"


@pytest.mark.parametrize(
    ("pieces", "as_read"),
    [
        pytest.param("one hundred|and fifty pounds", "100. And fifty pounds", id="before and"),
        pytest.param("one hundred and|fifty pounds", "100 and. Fifty pounds", id="behind and"),
        pytest.param("a thousand|and two hundred of", "1000. And two hundred of", id="a thousand"),
        pytest.param("a hundred|and two hundred came", "100. And 200 came", id="another number"),
    ],
)
def test_what_follows_a_hundred_after_a_pause_is_no_number_of_its_own(
    pieces: str, as_read: str
) -> None:
    assert shown(_in_pieces(pieces)) == as_read


@pytest.mark.parametrize(
    ("pieces", "as_read"),
    [
        pytest.param("oh seven seven oh oh|nine oh oh one two three", "07700 900123", id="two"),
        pytest.param("nine four three|four seven six|five nine one nine", "943 476 5919", id="NHS"),
        pytest.param(
            "oh seven seven oh oh|nine oh oh one two three|one came",
            "07700 900123. One came",
            id="a sentence after it",
        ),
        pytest.param(
            "four four seven seven oh oh|nine oh oh one two three", "447700900123", id="of 44"
        ),
        pytest.param("nine nine nine|one ambulance came", "999. One ambulance came", id="999"),
        pytest.param("one one one|one of them said", "111. One of them said", id="111"),
        pytest.param("one one one|two hours later", "111. 2 hours later", id="111, then hours"),
        pytest.param("four five six seven|two three", "4567. Two three", id="too few"),
        pytest.param(
            "oh eight hundred one two three four five six|one of them", "0800 123456. One of them",
            id="0800, and one of them",
        ),
        pytest.param(
            "oh eight hundred one two three|four five six seven", "0800 123 4567", id="0800 in two",
        ),
        pytest.param(
            "oh seven seven oh oh|" + "nine oh oh one two three oh seven seven oh oh|"
            "nine oh oh one two three", "07700 900123 07700 900123",
            id="a telephone said twice in pieces",
        ),
    ],
)  # fmt: skip
def test_only_a_long_number_goes_on_over_a_pause(pieces: str, as_read: str) -> None:
    assert shown(_in_pieces(pieces)) == as_read


def test_numbers_said_on_end_with_pauses_are_looked_at_a_few_times_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(
        dialled, "digits", lambda words: looked.append(len(words)) or digits.digits(words)
    )
    number = ["oh", "eight", "hundred", "one", "one", "one", "one"]

    read(number * 60, ([*[0.0] * 6, 0.9] * 60)[:-1])

    assert len(looked) < 60 * len(number * 60)  # 36 a word, where it was 347


def test_who_says_numbers_for_twenty_minutes_holds_up_nobody() -> None:
    started = time.process_time()
    read(["nine", "nine", "nine"] * 1_300)
    assert time.process_time() - started < 5  # it was 40


def test_a_message_that_ends_with_the_gp_is_read_to_its_end() -> None:
    said = ["i", "cannot", "get", "an", "appointment", "at", "the", "g", "p"]
    assert shown(read(said)).endswith("GP")


def test_a_group_at_the_end_of_a_sentence_takes_no_word_of_the_next() -> None:
    said = ["my", "g", "p", "was", "kind"]
    assert shown(read(said, [0, 0, 1.0, 0])) == "My GP. Was kind"


def test_999_leaves_the_word_after_it_to_its_own_sound() -> None:
    assert read(["nine", "nine", "nine", "one", "came"])[:2] == [
        Shown("999", 0, 2, " "),
        Shown("one", 3, 3, " "),
    ]


HEARD = st.sampled_from(
    sorted(
        {"[unk]", "of", "the", "per", "cent", "p", "m", "n", "h", "s", "g", "e", "half", "past"}
        | {
            "in",
            "morning",
            "thousand",
            "hundred",
            "and",
            "a",
            "or",
            "to",
            "at",
            "pounds",
            "i",
            "times",
        }
        | {*numerals.ONES, *numerals.TEENS, *numerals.TENS, *numerals.ORDINALS, *numerals.TIMES}
        | {*dates.MONTHS, *units.UNITS, *reading.LONE, "oh"}
    )
)


@given(st.lists(st.tuples(HEARD, st.sampled_from([0.0, 0.8, 3.0]))))
def test_every_heard_word_is_in_exactly_one_shown_word(heard: list[tuple[str, float]]) -> None:
    words = read([word for word, _ in heard], [pause for _, pause in heard[:-1]])
    assert [at for word in words for at in range(word.first, word.last + 1)] == [*range(len(heard))]
    assert all(word.text for word in words)
    assert all(earlier.after for earlier, _ in pairwise(words))
