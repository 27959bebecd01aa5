"""Twenty threads like "my carer hits me", played to the end through the door that Twilio uses."""

from dataclasses import dataclass

import pytest

from store.models import Kind
from tests.handlers.replied import kind

SURVEY = {"service", "rating", "about", "contact"}


@dataclass(frozen=True)
class Played:
    """A thread: what is texted with what comes back, and what the item then says."""

    texts: tuple[tuple[str, str | None], ...]
    tier: str | None
    safe: bool | None = None
    signals: tuple[str, ...] = ()
    items: int = 1
    says: tuple[str, ...] = ()  # said somewhere in the replies
    never: tuple[str, ...] = ()


THREADS = {
    "at the end, and nobody rings back": Played(
        (
            ("I want to kill myself and the crisis team dont ring me back", "crisis"),
            ("the crisis team never answer and they dont call me back", "held"),
            ("ADVICE", "advice"),
        ),
        "R1",
    ),
    "abused, and no service rings back": Played(
        (("My husband hits me and social services dont ring me back", "neutral"), ("1", "thanks")),
        "R2",
        True,
    ),
    "abused, safe, and a daughter has the number": Played(
        (
            ("my carer hits me", "neutral"),
            ("yes", "thanks"),
            ("my daughter has my mobile number, she will tell you", "kept"),
        ),
        "R2",
        True,
    ),
    "abused, and the phone is safe": Played(
        (
            ("my carer hits me", "neutral"),
            ("1", "thanks"),
            ("it happens after tea", "kept"),
            ("nobody believes me", None),
        ),
        "R2",
        True,
    ),
    "abused, and the phone is not safe": Played(
        (
            ("my carer hits me", "neutral"),
            ("no", "quiet"),
            ("she is back at 6", None),
            ("2 5 1", None),
        ),
        "R2",
        False,
    ),
    "abused, and says nothing of the phone": Played(
        (
            ("The night carer slaps my mum", "neutral"),
            ("she is 83 and cant get out", "kept"),
            ("its the home on the hill", None),
            ("3", None),
        ),
        "R2",
    ),
    "abused, and sends a rating for a question never asked": Played(
        (("A carer hits him", "neutral"), ("5", "kept"), ("very poor", None), ("me", None)), "R2"
    ),
    "wants to die": Played(
        (("I want to die", "crisis"), ("nobody listened", "held"), ("1", None)),
        "R1",
        says=("116 123", "85258"),
    ),
    "says it twice": Played(
        (("I want to die", "crisis"), ("I want to die", "held"), ("I want to die", None)), "R1"
    ),
    "abused, then wants to die": Played(
        (
            ("my carer hits me", "neutral"),
            ("I want to die", "crisis"),
            ("1", "thanks"),
            ("thank you", "held"),
        ),
        "R1",
        True,
    ),
    "wants to die, then tells of abuse": Played(
        (("I want to die", "crisis"), ("my carer hits me", "neutral"), ("2", "quiet")),
        "R1",
        False,
    ),
    "abuse comes out in the middle of the questions": Played(
        (
            ("The food was cold", "service"),
            ("3 Oak House", "rating"),
            ("a carer slapped my nan", "neutral"),
            ("yes", "thanks"),
            ("1", "kept"),
        ),
        "R2",
        True,
    ),
    "abuse comes out after the closing": Played(
        (
            ("The food was cold", "service"),
            ("3 5 2", "contact"),
            ("1", "may"),
            ("a carer hits her", "neutral"),
            ("not sure", "quiet"),
        ),
        "R2",
        False,
    ),
    "a child is hit": Played(
        (("im 12 and my mum's boyfriend hits me", "neutral"), ("1", "thanks")),
        "R2",
        True,
        ("child",),
        says=("Childline 0800 1111",),
    ),
    "a child wants to die": Played(
        (("I'm 14 and I want to kill myself", "child's crisis"), ("ok", "held")),
        "R1",
        None,
        ("child",),
        says=("Childline 0800 1111", "85258"),
    ),
    "somebody tells of a child": Played(
        (("The nurse hit my little girl", "neutral"), ("2", "quiet")),
        "R2",
        False,
        ("child",),
        says=("0800 1111",),
    ),
    "a child is hit, and then wants to die": Played(
        (
            ("im 12 and my mum's boyfriend hits me", "neutral"),
            ("1", "thanks"),
            ("I want to kill myself", "child's crisis"),
        ),
        "R1",
        True,
        ("child",),
    ),
    "a child is hit, the phone is not safe, and wants to die": Played(
        (
            ("im 12 and my mum's boyfriend hits me", "neutral"),
            ("no, and I want to kill myself", "child's crisis"),
        ),
        "R1",
        False,
        ("child",),
    ),
    "keywords where the phone is not safe": Played(
        (
            ("my carer hits me", "neutral"),
            ("no", "quiet"),
            ("ADVICE", None),
            ("PRIVACY", None),
            ("DELETE", None),
            ("KEEP", None),
            ("HELP", "help"),
            ("STOP", "stop"),
            ("START", "start"),
        ),
        "R2",
        False,
    ),
    "a child who is well": Played(
        (("I'm 11 and the dentist was kind", "service"), ("4", "rating"), ("1", "about")),
        None,
        None,
        ("child",),
        says=("0800 1111",),
    ),
    "the children's ward was lovely": Played(
        (("My children's ward was lovely", "service"), ("2", "rating"), ("1", "about")),
        None,
        never=("0800 1111",),
    ),
    "staff speak up about abuse": Played(
        (("I work at this home and carers hit residents", "neutral"), ("1", "thanks")),
        "R2",
        True,
        ("staff",),
        says=("03000 616161",),
    ),
    "staff speak up by the menu": Played(
        (("The rota is empty", "service"), ("3", "rating"), ("5", "about"), ("3", "contact")),
        None,
        None,
        ("staff",),
        says=("03000 616161",),
    ),
    "a death": Played(
        (("My dad died on ward 6", "service"), ("2", "about"), ("2", "contact"), ("2", "may not")),
        None,
        None,
        ("death",),
        says=("We are very sorry",),
        never=("how was your experience",),
    ),
    "a death by neglect": Played(
        (("They neglected my dad and he died", "neutral"), ("1", "thanks"), ("2 5", "kept")),
        "R2",
        True,
        ("death",),
        says=("We are very sorry",),
    ),
    "keywords within it": Played(
        (
            ("my carer hits me", "neutral"),
            ("HELP", "help"),
            ("DELETE", "delete"),
            ("STOP", "stop"),
            ("are you there", None),
            ("START", "start"),
            ("she did it again", "kept"),
        ),
        "R2",
    ),
    "another service after it": Played(
        (
            ("my carer hits me", "neutral"),
            ("NEW", "new"),
            ("The dentist was kind", "service"),
            ("4", "rating"),
            ("1", "about"),
        ),
        "R2",
        items=2,
    ),
    "the phone is not safe, and they will kill themself": Played(
        (
            ("my carer hits me", "neutral"),
            ("No. I want to kill myself", "crisis"),
            ("are you there", None),
        ),
        "R1",
        False,
    ),
    "a no with its reason, and tonight": Played(
        (
            ("my carer hits me", "neutral"),
            ("no, he reads it and I am going to kill myself tonight", "crisis"),
        ),
        "R1",
        False,
    ),
    "a no without a stop, and a wish to die": Played(
        (
            ("my carer hits me", "neutral"),
            ("no I want to die", "crisis"),
            ("I want to die", None),
        ),
        "R1",
        False,
    ),
    "not safe, and an overdose": Played(
        (("my carer hits me", "neutral"), ("not safe. I took an overdose", "crisis")), "R1", False
    ),
    "a yes taken back with a cry": Played(
        (
            ("my carer hits me", "neutral"),
            ("yes", "thanks"),
            ("dont text me any more I am going to kill myself", "crisis"),
            ("I am going to kill myself", None),
        ),
        "R1",
        False,
    ),
    "a refusal that sounds like a cry": Played(
        (("my carer hits me", "neutral"), ("please dont text me he is back", "quiet")), "R1", False
    ),
    "wants to die, and no texts": Played(
        (("I want to kill myself", "crisis"), ("dont text me", "quiet"), ("hello", None)),
        "R1",
        False,
    ),
    "wants to die and no texts, at once": Played(
        (("I am going to kill myself, dont text me", "crisis"), ("she left", None)), "R1", False
    ),
    "abused, and no texts, at once": Played(
        (("my carer hits me, please dont text me back", "quiet"), ("every night", None)),
        "R2",
        False,
    ),
    "no texts, in the middle of the questions": Played(
        (
            ("The food was cold", "service"),
            ("please dont text me back", "may not"),
            ("3", "added"),
        ),
        "R3",
    ),
    "a yes behind other words is asked for again": Played(
        (
            ("my carer hits me", "neutral"),
            ("this is her sons phone she is asleep, i am her carer", "crisis"),
            ("yes", "neutral"),
            ("yes", "thanks"),
        ),
        "R1",
        True,
    ),
    "a yes behind other words that says what it is for": Played(
        (("my carer hits me", "neutral"), ("every night", "kept"), ("yes its safe", "thanks")),
        "R2",
        True,
    ),
    "a yes to what ADVICE offers": Played(
        (("my carer hits me", "neutral"), ("ADVICE", "advice"), ("yes", "neutral")), "R2"
    ),
    "the phone of somebody else": Played(
        (
            ("my carer hits me", "neutral"),
            ("its my mums phone", "quiet"),
            ("yes", None),
        ),
        "R2",
        False,
    ),
    "stopped, then in danger": Played(
        (("The ward was cold", "service"), ("STOP", "stop"), ("I want to die", None)), "R1"
    ),
}


@pytest.mark.parametrize("name", THREADS)
def test_a_thread_to_its_end(sqlite_line, name):
    thread = THREADS[name]
    replies = [sqlite_line.text(body) for body, _ in thread.texts]
    said = " ".join(filter(None, replies))
    item, *others = sqlite_line.items()

    assert [kind(reply) for reply in replies] == [expected for _, expected in thread.texts]
    assert (item.tier, item.safe, tuple(item.signals)) == (thread.tier, thread.safe, thread.signals)
    assert len(others) == thread.items - 1
    kept = [text.body for found in (item, *others) for text in found.texts]
    assert sorted(kept) == sorted(body for body, _ in thread.texts)
    assert all(words in said for words in thread.says)
    assert not any(words in said for words in thread.never)


@pytest.mark.parametrize("name", [n for n, thread in THREADS.items() if thread.tier])
def test_after_words_of_crisis_or_abuse_a_thread_has_no_survey_and_echoes_nothing(
    sqlite_line, name
):
    urgent = False
    for body, _ in THREADS[name].texts:
        reply = sqlite_line.text(body)
        urgent = (
            urgent or kind(reply) in ("crisis", "child's crisis", "neutral")
        ) and body != "NEW"
        if urgent and reply:
            assert kind(reply) not in SURVEY
            echoed = {"hit", "hits", "carer", "slapped", "boyfriend", "kill", "die", "died"}
            assert not echoed & set(reply.lower().replace(".", " ").split())


def test_the_open_question_is_kept_beside_what_answered_it(sqlite_line):
    for body in ("my carer hits me", "she is 83", "1"):
        sqlite_line.text(body)

    assert [(text.kind, text.question) for text in sqlite_line.items()[0].texts] == [
        (Kind.WORDS, None),
        (Kind.WORDS, None),
        (Kind.ANSWER, "safe"),
    ]


# --- by phone


def test_whoever_says_that_they_work_there_hears_of_the_regulator_before_the_end(sqlite_line):
    call = sqlite_line.ring()
    call.press("1", "3", "5")
    call.speak()
    heard = call.press("1", "3")

    assert "03000 616161" in heard
    assert sqlite_line.items()[0].signals == ["staff"]
    assert ", ".join(sqlite_line.items()[0].reference) in call.press("2")
