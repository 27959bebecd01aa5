"""The goal of the urgent words, on the sentences they are tuned on and on those held out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.figures import right
from tests.triage.labelled import SENTENCES, TIERS
from triage import urgency

PARTS = pytest.mark.parametrize("part", SENTENCES)
PRAISE = "The nurses were lovely. The food was good, too! Parking is dear. "
PIECES = st.sampled_from([*"abc .!'2", "i ", "not ", "hit ", "me ", "my ", "want ", "to ", "in "])


@PARTS
def test_no_cry_for_life_is_missed(part):
    good, of = right(part, "R1")
    assert good == of


@PARTS
def test_of_abuse_and_neglect_95_in_100_are_found(part):
    good, of = right(part, "R2")
    assert good >= 0.95 * of


@PARTS
def test_of_ordinary_feedback_at_most_3_in_100_is_an_alarm(part):
    good, of = right(part, "none")
    assert good >= 0.97 * of


def test_there_are_hundreds_of_sentences_and_a_third_as_many_held_out():
    assert len(SENTENCES["tuned"]) >= 400
    assert len(SENTENCES["held"]) * 3 >= len(SENTENCES["tuned"])
    assert not {s.text for s in SENTENCES["tuned"]} & {s.text for s in SENTENCES["held"]}


@pytest.mark.parametrize("label", ["R1", "R2"])
def test_an_urgent_sentence_is_found_in_the_middle_of_praise(label):
    said = [s for part in SENTENCES.values() for s in part if s.label == label and s.right()]
    assert [s.text for s in said if _praised(s.text) > label] == []


def _praised(text):
    return urgency.tier(TIERS, f"{PRAISE}{text}. {PRAISE}").tier or "none"


@given(st.lists(PIECES, max_size=60))
def test_anything_can_be_weighed(pieces):
    assert urgency.tier(TIERS, "".join(pieces)).tier in {"R1", "R2", "R3", "R4", None}


@pytest.mark.parametrize(
    "piece",
    ["a", "hit me ", "i dont want to be ", "not ", "scared of my ", "left in her own ", "2 "],
)
def test_a_long_hostile_text_takes_time_by_its_length_only(piece):
    assert _seconds(piece * 2000) < 40 * _seconds(piece * 100) + 0.05


def test_a_text_of_ordinary_length_is_weighed_in_under_two_milliseconds():
    said = [s.text for s in SENTENCES["tuned"] if s.label == "none"]
    assert sum(map(_seconds, said)) / len(said) < 0.002


def _seconds(text):
    began = time.perf_counter()
    urgency.tier(TIERS, text)
    return time.perf_counter() - began
