"""The urgent words on the labelled sentences: no worse than before, at any length, in time."""

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.figures import right, table
from tests.triage.labelled import BLIND, SENTENCES, TIERS
from triage import urgency

# Each sentence is weighed once by whoever asks first: all who ask are one process.
pytestmark = pytest.mark.xdist_group("meaning")
PRAISE = "The nurses were lovely. The food was good, too! Parking is dear. "
RUN_ON = "the nurse was very kind and the ward was clean"  # as callers and recognisers leave it
PIECES = st.sampled_from([*"abc .!'2", "i ", "not ", "hit ", "me ", "my ", "want ", "to ", "in "])


# Ratchets, each as good as the lists are now: raise them, never lower them. The goal is all R1,
# 95 in 100 R2 and 97 in 100 ordinary ones left alone. Blind sentences must never be tuned on.
LEVELS = [
    ("tuned", {"R1": 0.91, "R2": 0.93, "none": 0.98}),
    ("held", {"R1": 0.86, "R2": 0.85, "none": 0.97}),
    ("blind", {"R1": 0.73, "R2": 0.80, "none": 0.91}),
]


@pytest.mark.parametrize(("part", "least"), LEVELS)
def test_the_lists_do_no_worse_than_before(part, least):
    shares = {label: right(part, label) for label in least}
    assert [label for label, (good, of) in shares.items() if good < least[label] * of] == []


def test_there_are_hundreds_of_sentences_and_a_quarter_as_many_apart():
    assert len(SENTENCES["tuned"]) >= 400
    apart = [*SENTENCES["held"], *(s for part in BLIND.values() for s in part)]
    assert len(apart) * 4 >= len(SENTENCES["tuned"])
    assert not {s.text for s in SENTENCES["tuned"]} & {s.text for s in apart}


def test_everybody_sees_how_the_urgent_words_do(record_property):
    rows = list(table())
    assert len(rows) > len(BLIND)
    record_property("urgent words", rows)


@pytest.mark.parametrize("label", ["R1", "R2"])
def test_an_urgent_sentence_is_found_in_the_middle_of_praise(label):
    said = [s for part in SENTENCES.values() for s in part if s.label == label and s.right]
    assert [s.text for s in said if _praised(s.text) > label] == []


@pytest.mark.parametrize(("label", "least"), [("R1", 0.88), ("R2", 0.98)])
def test_praise_without_a_full_stop_takes_little_from_the_cry_behind_it(label, least):
    said = [s for part in SENTENCES.values() for s in part if s.label == label and s.right]
    found = [urgency.tier(TIERS, f"{RUN_ON} {s.text}").tier or "none" for s in said]
    assert sum(tier <= label for tier in found) >= least * len(said)


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
    # One of them may have been disturbed.
    short, long = (min(_seconds(piece * many) for _ in range(3)) for many in (30, 600))
    assert long < 40 * short + 0.5


# Two on the machine that this was written on; one that is slow and busy takes several times that.
def test_a_text_of_ordinary_length_is_weighed_in_a_few_milliseconds():
    said = [s.text for s in SENTENCES["tuned"] if s.label == "none"][:200]
    assert sum(map(_seconds, said)) / len(said) < 0.01


def _seconds(text):
    gc.freeze()  # what other tests left lying is not looked through meanwhile
    began = time.thread_time()
    urgency.tier(TIERS, text)
    took = time.thread_time() - began
    gc.unfreeze()
    return took
