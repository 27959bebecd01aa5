"""Whatever is texted, in whatever order: every word is kept once, every conversation ends."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue import answers, asked_for, courtesy, texting
from dialogue.segments import segments
from dialogue.thread import Arrived, Line, Thread
from store.arrival_rows import Ledger
from store.models import Feedback, Text
from tests.dialogue.doorstep import SCRIPT, URGENT, Doorstep
from triage import urgency

ANSWERS = ["1", "2", "3", "6", "9", "two", "2 5", "2 5 1 1", "2 Russells Hall Dudley", "hospitl"]
ANSWERS += ["2 weeks I waited", "٢", "੨", "yes", "YES", "No"]
WORDS = ["hello", "Hi!", "bwac", "STOP", "stop.", "START", "HELP", "Advice", "privacy", "NEW"]
WORDS += ["DELETE", "KEEP", "DELETE K7RW-3X2", "", " "]
SAID = [
    "stop please",
    "help me",
    "I want to die",
    "my carer hits me",
    "im 12",
    "I work at this home",
    "my nan died",
    "👍",
    "شكرا جزيلا",
    "a\x00b",
    "\x00",
]
SAID += ["Nobody came", "long " * 900]
BODIES = (
    st.sampled_from(ANSWERS) | st.sampled_from(WORDS) | st.sampled_from(SAID) | st.text(max_size=90)
)
URGENT_WORDS = ["I want to die", "my carer hits me", "im 12 and my mum's boyfriend hits me"]
URGENT_WORDS += ["I work at this home and carers hit residents", "she took an overdose, im 15"]
REPLIES = [Line(phrase) for phrase in ("crisis", "crisis_child", "held", "kept")]
REPLIES += [Line(phrase, "safe") for phrase in ("neutral", "neutral_child")]
REPLIES += [Line(p, note=n) for p in ("held", "kept") for n in ("child", "staff", "death")]
PAUSES = st.sampled_from([0, 1, 1, 1, 600, 600, 3500, 7200, 90_000])
# Most conversations are under way when the odd things happen.
BEGUN = st.sampled_from(
    [
        [],
        ["The ward was cold"],
        ["Cold", "2 5 1"],
        ["I want to die"],
        ["STOP"],
        ["my carer hits me"],
        ["ADVICE", "How do I complain about a dentist?"],
    ]
)


def at_their_pace(begun, then):
    return [*((body, 1, False) for body in begun), *then]


SENT = st.builds(
    at_their_pace,
    BEGUN,
    st.lists(st.tuples(BODIES, PAUSES, st.booleans()), min_size=1, max_size=20),
)
THREADS = st.builds(
    lambda **given: Thread(**given),  # else the other fields of a named tuple are made up too
    place=st.sampled_from([*answers.ORDER, "nothing", "another", "closed", "held", "advised"]),
    asked_again=st.booleans(),
    advice=st.booleans(),
    signals=st.sampled_from([(), ("death",), ("child", "staff")]),
    safe=st.sampled_from(["", "asked", "yes", "no"]),
    between=st.sampled_from(["", "words", "staff"]),
)
NOW = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)
HOLIDAY = datetime(2026, 12, 28, 11, 0, tzinfo=UTC)  # the hours are said at their longest


def lone(body):
    return (
        asked_for.keyword(SCRIPT, "en", body)
        or answers.greeting(SCRIPT, "en", body)
        or body.strip(" .!").casefold() == "yes"
        or courtesy.polite(SCRIPT, "en", body)
    )


def no_advice(body, sent):
    """No thanks, to the offer of advice: it stands in the ledger."""
    asked = any(
        asked_for.keyword(SCRIPT, "en", b) == asked_for.Keyword("advice") for b, _, _ in sent
    )
    return asked and answers.answers(SCRIPT, "en", "contact", body).get("contact") == "no"


def step(thread, body, at=NOW, **how):
    tier = urgency.tier(URGENT, body).tier
    return texting.step(SCRIPT, "en", thread, Arrived(body, at, tier, **how))


@settings(max_examples=16)
@given(SENT)
def test_every_text_with_content_is_on_exactly_one_item_as_it_was_sent(empty_sqlite, sent):
    with tempfile.TemporaryDirectory() as folder, Doorstep(empty_sqlite, Path(folder)) as line:
        for number, (body, pause, _) in enumerate(sent):
            line.later(seconds=pause)
            line.text(f"SM{number}", body)
        kept = [(text.sid, text.body) for text in line.rows(Text)]
        asked = [(f"SM{n}", b.replace("\x00", "\ufffd")) for n, (b, _, _) in enumerate(sent)]

    assert len(kept) == len({sid for sid, _ in kept})
    assert set(kept) <= set(asked)
    wanted = {
        text
        for text, (body, _, _) in zip(asked, sent, strict=True)
        if not lone(body) and not no_advice(body, sent)
    }
    assert wanted <= set(kept)


@settings(max_examples=16)
@given(SENT)
def test_a_doubled_text_changes_nothing_and_nobody_gets_more_than_one_reply_or_twelve_an_hour(
    empty_sqlite, sent
):
    given_at = []
    with tempfile.TemporaryDirectory() as folder, Doorstep(empty_sqlite, Path(folder)) as line:
        for number, (body, pause, doubled) in enumerate(sent):
            line.later(seconds=pause)
            replies = line.text(f"SM{number}", body)
            assert len(replies) <= 1
            before = line.state()
            again = line.text(f"SM{number}", body) if doubled else []
            assert again in (replies, [])
            assert line.state() == before
            crisis = [r for r in replies if r.startswith("You matter")]
            given_at += [line.now] * (len(replies) + len(again)) if not crisis else []
        assert len(line.rows(Ledger)) == len(sent)

    for moment in given_at:
        assert sum(moment - timedelta(hours=1) < at <= moment for at in given_at) <= 12


@given(SENT)
def test_each_reply_is_filled_in_and_fits_its_segments(sent):
    thread, at = Thread(), NOW
    for body, pause, _ in sent:
        at += timedelta(seconds=pause)
        done = step(thread, body, at)
        thread = done.thread
        if done.say is None:
            continue
        reply = texting.spoken(SCRIPT, "en", done.say, "WWWW-WWW", HOLIDAY)
        phrase = getattr(SCRIPT.words["en"].texts, done.say.phrase, None)
        assert reply.strip()
        assert not set(reply) & set("{}")
        several = len(done.gave.keys() & {"service", "rating", "about"}) > 1
        assert segments(reply) <= (phrase.segments if phrase else 1) + bool(done.say.note) + several


@given(THREADS, st.lists(BODIES, min_size=6, max_size=6))
def test_six_texts_on_no_question_is_open_unless_the_texter_began_again(thread, bodies):
    """Four questions, one repeat: then the line is quiet, whatever is said to it."""
    began = False
    for body in bodies:
        done = step(thread, body)
        began |= done.item == "new" or bool(done.keyword and done.keyword.word == "new")
        thread = done.thread
    assert began or done.say is None or done.say.asked is None or thread.place != "service"


@given(THREADS, BODIES)
def test_a_text_that_was_overtaken_answers_nothing_but_with_a_no(thread, body):
    done = step(thread, body, sent=NOW - timedelta(hours=2), overtaken=True)

    assert set(done.gave) <= {"contact", "safe"}
    assert set(done.gave.values()) <= {"no"}
    assert done.thread.place in (thread.place, "held", "closed", "service")


@given(st.text(max_size=60))
def test_after_the_closing_a_short_text_is_never_asked_a_question(body):
    done = step(Thread("closed"), body)

    assert done.say is None or done.say.asked is None


@given(THREADS, BODIES)
def test_words_of_crisis_bring_no_question_wherever_they_come(thread, body):
    first = step(thread, f"{body}\nI want to die")
    then = step(first.thread, "the ward was cold and nobody came when I rang, all night long")

    assert first.say.phrase in ("crisis", "crisis_child")
    assert first.item != "none"
    assert then.say is None or (then.say.phrase, then.say.asked) == ("held", None)


@given(THREADS, st.sampled_from(URGENT_WORDS), st.lists(BODIES, max_size=8), st.integers(0, 90))
def test_after_words_of_crisis_or_abuse_nothing_is_asked_but_whether_texting_is_safe(
    thread, said, bodies, minutes
):
    done, at = step(thread, said), NOW
    for body in bodies:
        at += timedelta(minutes=minutes)
        assert done.say is None or done.say.asked in (None, "safe")
        done = step(done.thread, body, at)
        if done.keyword and done.keyword.word == "new":
            break
    assert done.thread.place in ("held", "another")


@given(st.lists(st.tuples(st.sampled_from(URGENT_WORDS) | BODIES, PAUSES), max_size=20))
def test_neither_the_crisis_reply_nor_the_neutral_one_is_given_twice_within_the_hour(sent):
    thread, at, given_at = Thread(), NOW, {"crisis": [], "neutral": []}
    for body, pause in sent:
        at += timedelta(seconds=pause)
        done = step(thread, body, at)
        thread = done.thread
        meant = answers.answers(SCRIPT, "en", "safe", body)  # a yes to what? It is asked again
        for phrase, moments in given_at.items():
            if (
                done.say
                and not (phrase == "neutral" and meant)
                and done.say.phrase.startswith(phrase)
            ):
                assert not moments or at - moments[-1] >= timedelta(hours=1)
                moments.append(at)
        assert done.crisis == bool(done.say and done.say.phrase.startswith("crisis"))


@given(THREADS, st.sampled_from(URGENT_WORDS), BODIES)
def test_nothing_of_what_was_said_is_in_the_reply_to_it(thread, said, more):
    done = step(thread, f"{said}\n{more}")

    assert done.say is None or done.say in REPLIES


@settings(max_examples=16)
@given(SENT)
def test_an_item_is_asked_each_question_once_and_one_of_them_twice(empty_sqlite, sent):
    calm = [body for body, _, _ in sent if not lone(body)]
    with tempfile.TemporaryDirectory() as folder, Doorstep(empty_sqlite, Path(folder)) as line:
        replies = [r for n, body in enumerate(calm) for r in line.text(f"SM{n}", body)]
        items = len(line.rows(Feedback))
    assert sum("Reply 1" in reply for reply in replies) <= 5 * items
