"""Twenty threads like "my carer hits me", played to the end through the door that Twilio uses."""

from dataclasses import dataclass

import pytest

from store.alert_rows import Alert
from store.alerts import Why
from store.models import Kind

# What comes back, by words that only that reply has.
KINDS = {
    "child's crisis": "day or night, free: Childline",
    "crisis": "You matter. In danger now: call 999.",
    "neutral": "this phone safe for us to text?",
    "thanks": "we may text you. You can tell us more",
    "quiet": "will not text back",
    "kept": "we have that too",
    "advice": "tell us what you need and we may ring",
    "held": "To talk: Samaritans",
    "service": "Which service? Reply",
    "rating": "Overall, how was your experience",
    "about": "Who was the care for? Reply",
    "contact": "May we text you back? Reply",
    "added": "we have added that to",
    "new": "tell us about the other service",
    "stop": "we will not text you again",
    "start": "you will get our texts again",
    "help": "For advice, text ADVICE",
    "delete": "a trained person decides",
    "may": "we may text you about this",
    "may not": "we will not text or ring you about this",
}
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

# Each was texted to "Is this phone safe for us to text?".
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


def kind(reply):
    if reply is None:
        return None
    return next(name for name, words in KINDS.items() if words in reply)


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


# --- a crisis reply that does not arrive


def alerts(line):
    with line.house.database.reading() as session:
        return [alert.why for alert in session.query(Alert).order_by(Alert.id)]


def sent(line, body, status):
    """Text the line, and have Twilio tell how the reply fared where the reply asks for it."""
    answer = line.post(
        "/sms",
        MessageSid=(sid := line.sid("SM")),
        From="+447700900123",
        To="+441214960000",
        Body=body,
    )
    path = f"/sms/status/{sid}"
    told = f'statusCallback="{line.environ["PUBLIC_URL"]}{path}"' in answer.text
    if told:
        assert line.post(path, MessageSid=line.sid("SM"), MessageStatus=status).status_code == 200
    return told


@pytest.mark.parametrize("status", ["undelivered", "failed"])
def test_a_crisis_reply_that_does_not_arrive_alerts_the_rota(sqlite_line, status):
    sqlite_line.text("The ward was cold", frm="+447700900999")

    assert sent(sqlite_line, "I want to die", status)
    assert alerts(sqlite_line).count(Why.UNANSWERED) == 1


@pytest.mark.parametrize(
    ("status", "then"), [("undelivered", "crisis"), ("failed", "crisis"), ("delivered", "held")]
)
def test_help_that_did_not_arrive_is_named_again_at_the_next_words(sqlite_line, status, then):
    sent(sqlite_line, "I want to die", status)

    assert kind(sqlite_line.text("I want to die")) == then


def test_one_that_arrives_alerts_nobody_on_that_account(sqlite_line):
    assert sent(sqlite_line, "I want to die", "delivered")
    assert Why.UNANSWERED not in alerts(sqlite_line)


def test_how_other_replies_fare_is_not_asked(sqlite_line):
    assert not sent(sqlite_line, "The ward was cold", "failed")


def test_a_callback_about_a_text_that_we_never_had_is_harmless(sqlite_line):
    path = "/sms/status/SM%27%00nonsense"

    assert sqlite_line.post(path, MessageSid="SM1", MessageStatus="failed").status_code == 200
    assert alerts(sqlite_line) == []


# --- by phone


def test_whoever_says_that_they_work_there_hears_of_the_regulator_before_the_end(sqlite_line):
    call = sqlite_line.ring()
    call.press("1", "3", "5")
    call.speak()
    heard = call.press("1", "3")

    assert "03000 616161" in heard
    assert sqlite_line.items()[0].signals == ["staff"]
    assert ", ".join(sqlite_line.items()[0].reference) in call.press("2")
