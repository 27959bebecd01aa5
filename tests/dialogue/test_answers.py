"""What a text is taken for: an answer, a keyword, a greeting, or something said."""

import pytest

from dialogue.answers import answers, greeting, says_more
from dialogue.asked_for import Keyword, keyword
from tests.dialogue.doorstep import SCRIPT

PLACE = "Russells Hall Dudley"


@pytest.mark.parametrize(
    ("asked", "text", "meant"),
    [
        ("service", "2", {"service": "hospital"}),
        ("service", " 2. ", {"service": "hospital"}),
        ("service", "(2)", {"service": "hospital"}),
        ("service", "two", {"service": "hospital"}),
        ("service", "Two!", {"service": "hospital"}),
        ("service", "one", {"service": "gp"}),
        ("service", "hospitl", {"service": "hospital"}),
        ("service", "HOSPITAL", {"service": "hospital"}),
        ("service", "the hospital", {"service": "hospital"}),
        ("service", "A&E", {"service": "hospital"}),
        ("service", "a+e", {"service": "hospital"}),
        ("service", "the emergency department", {"service": "hospital"}),
        ("service", "maternity", {"service": "hospital"}),
        ("service", "paramedics", {"service": "hospital"}),
        ("service", "The doctor's", {"service": "gp"}),
        ("service", "my gp", {"service": "gp"}),
        ("service", "medical centre", {"service": "gp"}),
        ("service", "residential home", {"service": "care_home"}),
        ("service", "my carers", {"service": "care_home"}),
        ("service", "the chemist", {"service": "other"}),
        ("service", "walk in centre", {"service": "other"}),
        ("service", "the hospital food", {}),
        ("service", "my doctor is rude", {}),
        ("service", "care at home", {"service": "care_home"}),
        ("service", "dentist", {"service": "other"}),
        ("service", "٢", {"service": "hospital"}),
        ("service", "੨", {"service": "hospital"}),
        ("service", "২", {"service": "hospital"}),
        ("service", "２", {"service": "hospital"}),
        ("service", "2️⃣", {"service": "hospital"}),
        ("service", "2 please", {"service": "hospital"}),
        ("service", "option 2 thank you x", {"service": "hospital"}),
        ("service", "2 hospital", {"service": "hospital"}),
        ("service", f"2 {PLACE}", {"service": "hospital", "place": PLACE}),
        (
            "service",
            "2, Russells Hall, Dudley",
            {"service": "hospital", "place": "Russells Hall, Dudley"},
        ),
        ("service", f"੨ {PLACE}", {"service": "hospital", "place": PLACE}),
        (
            "service",
            "3 Isle of Wight care",
            {"service": "care_home", "place": "Isle of Wight care"},
        ),
        ("service", "2 Good Hope", {"service": "hospital", "place": "Good Hope"}),
        (
            "service",
            "2 Good Hope hospital Sutton Coldfield",
            {"service": "hospital", "place": "Good Hope hospital Sutton Coldfield"},
        ),
        ("service", "4 My Dentist", {"service": "other", "place": "My Dentist"}),
        ("service", "4 My Dentist Dudley", {"service": "other", "place": "My Dentist Dudley"}),
        ("service", "1 Long Street surgery", {"service": "gp", "place": "Long Street surgery"}),
        (
            "service",
            "2 one two three four five six",
            {"service": "hospital", "place": "one two three four five six"},
        ),
        ("service", "2 5", {"service": "hospital", "rating": "very_poor"}),
        ("service", "2️⃣ 5️⃣", {"service": "hospital", "rating": "very_poor"}),
        ("service", "2 *New Cross*", {"service": "hospital", "place": "New Cross*"}),
        ("service", "2, 12 Oak Road", {"service": "hospital", "place": "12 Oak Road"}),
        ("service", "٢ ٥", {"service": "hospital", "rating": "very_poor"}),
        (
            "service",
            "2 5 1 2",
            {"service": "hospital", "rating": "very_poor", "about": "me", "contact": "no"},
        ),
        ("rating", "5", {"rating": "very_poor"}),
        ("rating", "six", {"rating": "dont_know"}),
        ("rating", "Don’t know", {"rating": "dont_know"}),
        ("rating", "very god", {"rating": "very_good"}),
        ("rating", "good thanks", {"rating": "good"}),
        ("about", "someone I care for", {"about": "someone_else"}),
        ("about", "I work here", {"about": "staff"}),
        ("about", "2 my mum", {"about": "someone_else"}),
        ("about", "2 wife", {"about": "someone_else"}),
        ("about", "my mum", {"about": "someone_else"}),
        ("about", "no. 2 please", {"about": "someone_else"}),
        ("service", "no 2", {"service": "hospital"}),
        ("service", "2x", {"service": "hospital"}),
        ("service", "2x Manor", {"service": "hospital", "place": "Manor"}),
        ("service", "2x nurses were rude", {}),
        ("service", "2 cheers", {"service": "hospital"}),
        ("service", "2 pls", {"service": "hospital"}),
        ("service", "2pls", {"service": "hospital"}),
        ("service", "2 yes", {"service": "hospital"}),
        ("rating", "ok 2 thx", {"rating": "good"}),
        ("contact", "YES", {"contact": "yes"}),
        ("contact", "no thank you", {"contact": "no"}),
    ],
)
def test_an_answer_is_understood(asked, text, meant):
    assert answers(SCRIPT, "en", asked, text) == ({**meant})


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("service", "2 weeks I waited"),
        ("service", "2 of the nurses were rude"),
        ("service", "2 nurses shouted"),
        ("service", "2 long weeks I waited"),
        ("service", "2 late again"),
        ("service", "2 good nurses and a kind doctor"),
        ("service", "2 good"),
        ("service", "2 dont ring"),
        ("service", "2 nobody cared"),
        ("service", "1 good, 2 very poor"),
        ("service", "2 long waits in a row"),
        ("service", "1 long"),
        ("service", "1. Waited 4 hours 2. Nobody came"),
        ("service", "2 were rude to my mum"),
        ("service", "one of the nurses was rude"),
        ("service", "1 hospital"),
        ("service", "mother"),
        ("service", "0"),
        ("service", "5"),
        ("service", "25"),
        ("service", "2 9"),
        ("service", "2 5 1 2 1"),
        ("service", "2,5"),
        ("service", "1, 2"),
        ("service", "1&2"),
        ("service", "1 & 2 in Tipton"),
        ("service", "1/2"),
        ("service", "1 / 2"),
        ("service", "1+2"),
        ("service", "½"),
        ("service", "2.5"),
        ("service", "2.30 appointment"),
        ("service", "4* Oak House care"),
        ("service", "²nd floor"),
        ("service", "yes"),
        ("service", "👍"),
        ("service", ""),
        ("service", "لا"),
        ("rating", "not good"),
        ("rating", "not very good"),
        ("rating", "1 very poor"),
        ("rating", "door"),
        ("rating", "7"),
        ("rating", "5*"),
        ("rating", "5 *"),
        ("rating", "5⭐"),
        ("rating", "5⭐️ thank you"),
        ("rating", "5 ★"),
        ("rating", "⭐ 5"),
        ("rating", "5/5"),
        ("safe", "1*"),
        ("about", "1 my mum"),
        ("about", "my mum 1"),
        ("rating", "No 2"),
        ("contact", "no 1"),
        ("contact", "2 yes"),
        ("safe", "2 yes"),
        ("contact", "3"),
        ("contact", "maybe"),
    ],
)
def test_what_is_no_answer_is_feedback(asked, text):
    assert answers(SCRIPT, "en", asked, text) == {}


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("2 The Royal Wolverhampton New Cross Hospital, Wolverhampton WV10", "hospital"),
        ("1 two three four five six seven eight", "gp"),
        ("2. We waited 4 hours and nobody came", "hospital"),
        ("2, my wife was left on a trolley at Good Hope", "hospital"),
        ("1\nShe shouted at me", "gp"),
        ("2 they were rude to my mum", "hospital"),
        ("4 my dentist was rude to me", "other"),
    ],
)
def test_a_digit_that_counts_nothing_is_the_service_and_what_follows_is_said_too(text, service):
    gave = answers(SCRIPT, "en", "service", text)

    assert gave == {"service": service}
    assert says_more(SCRIPT, "en", gave, text)


@pytest.mark.parametrize("text", ["2", "2 please", "2 hospital", "2 5", "hospital", "2 Good Hope"])
def test_an_answer_that_is_all_there_is_says_no_more(text):
    assert not says_more(SCRIPT, "en", answers(SCRIPT, "en", "service", text), text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("STOP", "stop"),
        ("STOPALL", "stop"),
        ("UNSUBSCRIBE", "stop"),
        ("CANCEL", "stop"),
        ("END", "stop"),
        ("QUIT", "stop"),
        ("REVOKE", "stop"),
        ("OPTOUT", "stop"),
        ("stop.", "stop"),
        (" Stop! ", "stop"),
        ("START", "start"),
        ("unstop", "start"),
        ("Help!", "help"),
        ("INFO", "help"),
        ("Advice", "advice"),
        ("“PRIVACY”", "privacy"),
        ("new", "new"),
        ("Delete", "delete"),
        ("Keep", "keep"),
    ],
)
def test_a_keyword_is_a_whole_text_in_any_case_and_punctuation(text, meant):
    assert keyword(SCRIPT, "en", text) == Keyword(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("DELETE please", Keyword("delete")),
        ("Please delete", Keyword("delete")),
        ("Advice please", Keyword("advice")),
        ("privacy pls x", Keyword("privacy")),
        ("New, thanks", Keyword("new")),
        ("Delete K7RW-3X2 please", Keyword("delete", "K7RW3X2")),
        ("keep please", Keyword("keep")),
        ("new number", None),
        ("delete my number please", None),
        ("start please", None),
        ("info please", None),
    ],
)
def test_a_keyword_may_be_asked_for_politely_where_twilio_has_no_word_in_it(text, meant):
    assert keyword(SCRIPT, "en", text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "delete this",
        "Remove this please",
        "Delete my message",
        "please can you delete my messages",
        "delete it",
        "I want to remove it",
        "Id like to delete this",
        "can you remove my feedback",
    ],
)
def test_delete_is_asked_for_in_the_words_of_our_closing_text_too(text):
    assert keyword(SCRIPT, "en", text) == Keyword("delete")


@pytest.mark.parametrize(
    "text",
    [
        "remove",
        "delete my appointment",
        "remove it from my record",
        "I want to delete myself",
        "they said delete this",
        "stop please",
        "please stop",
        "STOPP",
        "stp",
        "the end",
        "help me",
        "help with forms",
        "new nurse",
        "keep me posted",
        "keep 12 hours",
        "delete everything please",
        "yes",
        "cancelled",
        "",
        "STOP START",
    ],
)
def test_inside_a_sentence_or_nearly_a_keyword_is_just_words(text):
    assert keyword(SCRIPT, "en", text) is None


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("DELETE K7RW-3X2", "K7RW3X2"),
        ("delete k7rw3x2", "K7RW3X2"),
        ("Delete K7RW 3X2.", "K7RW3X2"),
        ("delete k 7 r w 3 x 2", "K7RW3X2"),
        ("DELETE AOAA-111", "AOAA111"),
    ],
)
def test_a_reference_stands_beside_delete_however_it_is_written(text, reference):
    assert keyword(SCRIPT, "en", text) == Keyword("delete", reference)


def test_keep_takes_a_reference_too():
    assert keyword(SCRIPT, "en", "KEEP K7RW-3X2") == Keyword("keep", "K7RW3X2")


@pytest.mark.parametrize(
    "text", ["hi", "Hello!", "Good morning.", "BWAC", "Because we all care", "", "  "]
)
def test_a_greeting_or_the_campaign_word_alone_is_no_feedback_yet(text):
    assert greeting(SCRIPT, "en", text)


@pytest.mark.parametrize("text", ["Hello, the ward was cold", "caring staff", "👍", "\x00"])
def test_whatever_has_content_is_no_greeting(text):
    assert not greeting(SCRIPT, "en", text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("1", "yes"),
        ("yes", "yes"),
        ("Yes, it is.", "yes"),
        ("its safe", "yes"),
        ("2", "no"),
        ("No!", "no"),
        ("its unsafe", "no"),
        ("not safe", "no"),
        ("please don't", "no"),
        ("dont know", "no"),
        ("option 2", "no"),
        ("1 but only after 6", None),
        ("yes but he reads my phone", None),
        ("3", None),
        ("1 1", None),
        ("saef", None),
        ("is it safe for you", None),
        ("OK thanks", None),
        ("okay thank you x", None),
    ],
)
def test_whether_a_phone_is_safe_is_taken_only_from_plain_words(text, safe):
    assert answers(SCRIPT, "en", "safe", text).get("safe") == safe
