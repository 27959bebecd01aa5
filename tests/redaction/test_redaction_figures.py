"""The goal of redaction, on the sentences it is tuned on and on those nobody tuned on."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.redaction.figures import gone, table, taken
from tests.redaction.labelled import BLIND, KNOWN, RULES, SENTENCES
from triage import redaction

# Each sentence is read once by whoever asks first: all who ask are one process.
pytestmark = pytest.mark.xdist_group("redaction")
EACH = ["tuned", "held", "unseen", "fresh", "ninth", "eleventh", "twelfth", "thirteenth"]
PARTS = pytest.mark.parametrize("part", EACH)
SOME = (*BLIND, "held")  # each word in doubt is read: thousands of sentences take minutes
FIRST_SIGHT = {"blind": 0.95, "last": 0.95, "tenth": 0.98, "fourteenth": 0.97}
FIRST_SIGHT |= {"checked": 0.94, "blind frames": 0.94}
PIECES = [*"abo .,-'@/\n0９é\u200b[]", "oh ", "double ", "seven ", "dr ", "my name is ", "Jean "]
PIECES += ["nine ", "at ", "dot ", "gmail ", "b31 ", "born ", "0770", "rose ", "road ", "is "]
HOSTILE = ["a", "jean ", "Jean ", "oh ", "seven ", "0", "1 ", "b31 ", "a.", "@a", "a@", "at dot "]
HOSTILE += ["dr ", "born on the ", "14 a ", "live at ", "w w w dot ", "is 9", "flat 2 ", "é\u200b"]


@PARTS
@pytest.mark.parametrize("how", ["written", "spoken"])
def test_of_a_hundred_secrets_97_are_gone(part, how):
    out, of = gone(part, how)
    assert out >= 0.97 * of


@PARTS
@pytest.mark.parametrize("how", ["written", "spoken"])
def test_of_a_hundred_harmless_words_two_are_taken_at_most(part, how):
    out, of = taken(part, how)
    assert out <= 0.02 * of


@pytest.mark.parametrize(("part", "least"), {"mended": 0.93, "aloud": 0.93}.items())
def test_what_was_written_to_find_faults_stays_mended(part, least):
    out, of = gone(part)
    assert out >= least * of
    assert taken(part)[0] <= 0.01 * taken(part)[1]


# What is missed here must never be tuned on: rounds.txt.
@pytest.mark.parametrize(("part", "least"), FIRST_SIGHT.items())
def test_sentences_nobody_tuned_on_fare_no_worse_than_at_first_sight(part, least):
    out, of = gone(part)
    assert out >= least * of
    assert taken(part)[0] <= (0.03 if part == "checked" else 0.01) * taken(part)[1]


@pytest.mark.parametrize(("part", "least"), {"traps": 0.97, "learn frames": 0.96}.items())
def test_names_that_are_words_are_told_from_words(part, least):
    out, of = gone(part)
    assert out >= least * of
    assert taken(part)[0] <= 0.02 * taken(part)[1]


@pytest.mark.parametrize(("part", "least"), {"heard": 0.9, "overheard": 0.8}.items())
def test_of_what_a_machine_wrote_down_no_less_is_gone_than_was(part, least):
    out, of = gone(part)
    assert out >= least * of
    assert taken(part)[0] <= 0.02 * taken(part)[1]


def test_everybody_sees_how_redaction_does(record_property):
    rows = list(table())
    assert len(rows) > len(SENTENCES)
    record_property("redaction", rows)


def test_there_are_hundreds_of_sentences_and_nearly_half_of_them_are_harmless():
    every = [sentence for part in SENTENCES.values() for sentence in part]
    assert len(every) >= 2000
    by_hand = [sentence for part in (*KNOWN, *BLIND) for sentence in SENTENCES[part]]
    assert sum(not sentence.secrets for sentence in by_hand) >= 0.49 * len(by_hand)
    assert len({sentence.text for sentence in by_hand}) >= 0.99 * len(by_hand)


def test_redacting_again_changes_nothing():
    once = [redaction.redact(RULES, s.text) for part in SOME for s in SENTENCES[part]]
    assert [text for text in once if redaction.redact(RULES, text) != text] == []


def test_what_was_taken_out_is_gone_and_what_stays_is_as_it_was():
    for sentence in (s for part in BLIND for s in SENTENCES[part]):
        at, shown = 0, redaction.redact(RULES, sentence.text)
        for secret in sentence.taken:
            kept = sentence.text[at : secret.start]
            assert shown.startswith(kept + RULES.shown[secret.kind])
            shown, at = shown[len(kept) + len(RULES.shown[secret.kind]) :], secret.end
        assert shown == sentence.text[at:]


@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=60))
def test_anything_can_be_redacted_and_no_words_are_joined(some):
    text = "".join(some)
    found = redaction.found(RULES, text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    for s in found:
        assert not (text[s.start].isalnum() and text[s.start - 1 : s.start].isalnum())
        assert not (text[s.end - 1].isalnum() and text[s.end : s.end + 1].isalnum())


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_takes_time_by_its_length_only(piece):
    short = min(_seconds(piece * 40) for _ in range(3))  # one of them may have been disturbed
    assert _seconds(piece * 800) < 40 * short + 0.5


def _seconds(text):
    began = time.thread_time()
    redaction.redact(RULES, text)
    return time.thread_time() - began
