"""The words themselves: plain enough for anybody, short enough to hear, checked at start."""

import re
import shutil

import pytest

from dialogue import calling, checks, script
from dialogue.call import Call, Did
from tests.conftest import ROOT
from tests.dialogue.doorstep import SCRIPT

WORDS = SCRIPT.words["en"]
PAUSE = 1  # before each Gather
LIMITS = SCRIPT.line.limits

TEXTS = {
    f"texts.{key}": SCRIPT.text(
        "en", key, ref="K7RW-3X2", said="", question=SCRIPT.text_question("en", "about")
    )
    for key, _ in WORDS.texts
}
SPOKEN = {
    f"voice.{key}": SCRIPT.spoken("en", key, key="1", spelled="K, 7, R, W, 3, X, 2")
    for key, _ in WORDS.voice
}
QUESTIONS = {
    f"questions.{key}": SCRIPT.spoken_question("en", key)
    for key in ("service", "rating", "about", "contact")
}
NOTES = {f"texts.note_{key}": SCRIPT.note("en", key) for key in SCRIPT.notes("en")}
ASKED = {"texts.safe": SCRIPT.text_question("en", "safe")}
PHRASES = {**TEXTS, **SPOKEN, **QUESTIONS, **NOTES, **ASKED}


def readable(words):
    """Without what a tool cannot read aloud: references, options, numbers, names."""
    organisations = ("Samaritans", "Childline", "Care Quality Commission")
    for named in (SCRIPT.line.name, SCRIPT.line.run_by, *organisations):
        words = words.replace(named, "us")
    words = re.sub(r"Reply 1 .*|Ref \S+|K, 7.*?2\b|\d+", "", words)
    return re.sub(r"\(.*?\)", "", words)


def sentences(words):
    return [part for part in re.split(r"[.?!:;]\s", words) if part.strip()]


def syllables(word):
    # Vowels in a row are one; a last e is silent ("care"), unless it is after l ("people").
    spoken = re.sub(r"(?<![aeioul])e$|(?<=[^aeiou])es$|(?<=[^aeioutd])ed$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def grade(words):
    """Flesch and Kincaid's grade: school years that a text asks for. Grade 6 is age 11 to 12."""
    every = [w for part in sentences(words) for w in re.findall(r"[A-Za-z']+", part)]
    spoken = sum(map(syllables, every))
    return 0.39 * len(every) / len(sentences(words)) + 11.8 * spoken / len(every) - 15.59


@pytest.mark.parametrize("key", PHRASES)
def test_a_child_of_eleven_can_read_it(key):
    assert grade(readable(PHRASES[key])) <= 6


@pytest.mark.parametrize("key", PHRASES)
def test_no_sentence_is_longer_than_twenty_words(key):
    assert max(len(part.split()) for part in sentences(readable(PHRASES[key]))) <= 20


@pytest.mark.parametrize("key", [k for k in PHRASES if not k.startswith("texts.")])
def test_what_is_spoken_can_be_said_aloud(key):
    assert not re.search(r"[(){}/&@#*]|\bDr\b|\be\.g\b", PHRASES[key])


@pytest.mark.parametrize("key", QUESTIONS)
def test_each_spoken_option_is_a_sentence_of_its_own_that_ends_in_its_key(key):
    keys = [s[-2] for s in re.findall(r"[^.?]+press \d\.", QUESTIONS[key])]

    assert keys == [str(n) for n, _ in enumerate(SCRIPT.order(key.split(".")[1]), 1)]


def test_the_opening_says_what_must_be_said_in_seventeen_seconds():
    opening = SPOKEN["voice.opening"]

    assert checks.seconds(opening) <= 17
    for said in ("not an emergency line", "999", "111", "record", "serious risk", "We cannot"):
        assert said in opening


def test_silence_at_the_choice_reaches_the_tone_within_fifty_seconds():
    opened = calling.begin(SCRIPT, Call())
    tone = calling.step(SCRIPT, opened.call, Did())
    said = " ".join(say.words for say in (*opened.ask, *tone.said))

    assert tone.wait == "message"
    assert PAUSE + LIMITS.key_seconds + checks.seconds(said) <= 50


@pytest.fixture
def copied(tmp_path):
    """A copy of the script, to spoil."""
    shutil.copytree(ROOT / "script", tmp_path / "script")
    return tmp_path / "script"


@pytest.mark.parametrize(
    ("file", "before", "after", "named"),
    [
        (
            "en.toml",
            'keep = { segments = 1, words = "',
            'kepp = { segments = 1, words = "',
            "en.toml: texts.keep",
        ),
        ("en.toml", "You matter.", "You matter. " * 20, "en.toml: texts.crisis"),
        ("en.toml", "You matter.", "You matter {nobody}.", "nobody"),
        ("en.toml", "You matter.", "You matter {.", "en.toml: texts.crisis"),
        ("en.toml", "That key does", "That key " * 20, "en.toml: voice.wrong_key"),
        ("en.toml", "staff = { text", "boss = { text", "en.toml: questions.about"),
        ("en.toml", "We are very sorry.", "We are very sorry. " * 40, "first with notes.death"),
        ("en.toml", '"@im ?@just @age",', '"@im ?@just @aeg",', "aeg"),
        ("en.toml", 'minded = ["?my @kin ', 'minded = ["?my @knis ', "knis"),
        ("en.toml", 'others = ["@other|', 'others = ["@othre|', "othre"),
        (
            "line.toml",
            "childline =",
            "child_line =",
            "en.toml: notes.child: it names {childline}, which nothing fills in",
        ),
        (
            "en.toml",
            "{name}, run by {run_by}. This",
            "{name}, run by {runby}. This",
            "en.toml: voice.opening: it names {runby}",
        ),
        ("en.toml", 'text = "Which', 'text = "{which} Which', "en.toml: questions.service.text"),
        ("en.toml", 'name = "English"', 'name = "', "en.toml:"),
        (
            "line.toml",
            '"gp", "hospital", "care_home", "other"',
            '"gp", "hospital", "care_home", "other", "x"',
            "line.toml: questions.service",
        ),
        ("line.toml", 'languages = ["en"]', 'languages = ["en", "cy"]', "cy.toml"),
        ("line.toml", "silence_seconds = 8 ", "silence_seconds = 8000 ", "limits.silence_seconds"),
        (
            "en.toml",
            'said = "Poor", words = ["poor"]',
            'said = "Poor", words = ["poor", "Good!"]',
            "en.toml: questions.rating.options: 'good' stands under both good and poor",
        ),
        (
            "en.toml",
            'keep = ["keep"]',
            'keep = ["keep", "Stop"]',
            "en.toml: keywords: 'stop' stands under both stop and keep",
        ),
        (
            "line.toml",
            "twilio_answers = []",
            'twilio_answers = ["STOP", "NEW"]',
            "line.toml: twilio_answers.1: input should be 'stop', 'start' or 'help'",
        ),
        ("line.toml", "twilio_answers = []", "twilio_answers = 3", "line.toml: twilio_answers"),
        ("line.toml", "wrong_keys = 3", "wrong_key = 3", "line.toml: limits"),
        (
            "line.toml",
            "\n[opening]",
            '\n[[numbers]]\nnumber = "0121 496 0000"\n[opening]',
            "line.toml: numbers.0.number: value error, write it as twilio does, +441214960000",
        ),
        (
            "line.toml",
            "\n[opening]",
            '\n[[numbers]]\nnumber = "441214960000"\n[opening]',
            "such as +441214960000",
        ),
    ],
)
def test_a_script_that_cannot_be_right_is_one_line_that_names_file_and_key(
    copied, file, before, after, named
):
    words = (copied / file).read_text()
    assert before in words
    (copied / file).write_text(words.replace(before, after, 1))

    with pytest.raises(script.WrongScript) as why:
        checks.check(script.load(copied))
    assert named in str(why.value)
    assert "\n" not in str(why.value)


def test_what_twilio_answers_may_be_written_in_small_letters(copied):
    words = (copied / "line.toml").read_text()
    small = words.replace("twilio_answers = []", 'twilio_answers = ["stop", "Help"]')
    (copied / "line.toml").write_text(small)

    assert script.load(copied).line.twilio_answers == {"STOP", "HELP"}


def test_a_file_that_is_not_utf_8_is_named(copied):
    (copied / "en.toml").write_bytes("name = 'Català'".encode("latin-1"))

    with pytest.raises(script.WrongScript, match=r"en\.toml"):
        script.load(copied)
