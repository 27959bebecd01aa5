"""Reading a text by its meaning: what it comes near to, what it costs, and what it may not do."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.triage.labelled import ALARMS, EAR, ROOT, TONGUES, both, first, together
from triage import ears, urgency
from triage.meaning import known
from triage.meaning.encoder import LAYERS, LONGEST, SIZE, point, points, states
from triage.meaning.labelled import labelled
from triage.meaning.near import Near, near
from triage.meaning.pieces import pieces, vocabulary
from triage.meaning.windows import WINDOWS, windows

HERE = Path(known.__file__).parent
KNOWN = EAR.known
SAYS = vocabulary()


def cut(text):
    """The pieces of a text, as they read."""
    names = {number: piece for piece, number in SAYS.items()}
    return [names[number] for number in pieces(text, 200)][1:-1]


def test_a_text_is_cut_into_the_pieces_that_the_encoder_knows():
    assert cut("The nurse's ROUGH; unkindest!") == [
        "the", "nurse", "'", "s", "rough", ";", "un", "##kind", "##est", "!",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Медсестра", "\x00\ufffd", "x" * 1000, "\U0001f622"])
def test_a_word_without_known_pieces_is_one_unknown_piece(text):
    assert set(cut(text)) <= {"[UNK]"}


def test_texts_of_one_meaning_lie_nearer_than_texts_of_the_same_words():
    cry, same, other = (
        point(text)[-1] for text in ("I want to die", "I wish I was dead", "I want to park")
    )
    assert cry @ same > cry @ other


def test_a_point_has_length_one_by_each_layer_however_long_the_text():
    lengths = np.linalg.norm(point("word " * 5000), axis=1)
    assert lengths.tolist() == pytest.approx([1] * LAYERS, abs=1e-5)


def test_a_text_lies_where_the_mean_of_its_pieces_lies():
    text = "The nurse was kind and the tea was hot"
    mean = states(pieces(text, LONGEST)).mean(0)
    assert np.allclose(point(text)[-1], mean / np.linalg.norm(mean), atol=1e-5)


def test_no_texts_have_no_points():
    assert points([]).shape == (0, LAYERS, SIZE)


def test_one_clause_of_a_long_message_is_enough():
    calm = "the ward was clean and the tea was hot and they were all very busy that day "
    cry = "i have written my goodbye letters and i have all my tablets here in front of me "
    assert near(KNOWN, calm * 3 + cry + calm * 3).tier == "R1"


def test_a_long_ordinary_message_stays_ordinary():
    calm = (
        "We came in at nine and waited until two. The nurse said sorry about the delay. "
        "My dad had his scan and then we waited for the results. Parking cost eight pounds. "
        "The doctor explained everything well and we went home on the bus."
    )
    assert near(KNOWN, calm).tier is None


@given(st.text(max_size=600))
@settings(max_examples=25, deadline=None)
def test_every_word_of_a_text_stands_in_a_window(text):
    shown = " ".join(windows(text)).split()
    assert set(text.split()) == set(shown)


def test_no_text_takes_more_windows_than_the_limit():
    assert len(windows(" ".join(f"{n}." for n in range(10_000)))) == WINDOWS


@pytest.mark.parametrize("said", [" \n ", "DELETE", "me", "stop all", "I work there"])
def test_a_few_words_are_left_to_the_phrases(said):
    assert near(KNOWN, said) == Near(None)


def test_the_reason_names_the_sentence_that_it_sounds_like():
    deaf = ears.Ear((), KNOWN)
    reason = ears.tier([deaf], "I have said my goodbyes and got the pills lined up").phrases[0]
    lives = {said for tier, said in labelled(HERE / "known.en.txt") if tier == "R1"}
    assert reason.removeprefix("sounds like: ") in lives


def test_phrases_that_decided_are_shown_in_the_persons_own_words():
    found = ears.tier([EAR], "I want to kill myself")
    assert (found.tier, found.phrases) == (
        "R1",
        urgency.tier(EAR.phrases, "I want to kill myself").phrases,
    )


def test_a_phrase_in_a_calm_text_is_lowered_and_never_dropped():
    said = "The waiting list is killing me, three weeks for a GP appointment"
    kill = urgency.Found("R1", ("killing me",))
    assert ears.heard(kill, near(KNOWN, said), KNOWN).tier == "R3"


AMID = "everyone has been lovely and the food is good {} the parking is fine and they were helpful"


@pytest.mark.parametrize("cry", ["my husband hits me", "my son takes my money", "i want to die"])
def test_a_phrase_that_is_a_cry_by_itself_is_not_calmed_by_praise_around_it(cry):
    alone = urgency.tier(EAR.phrases, cry)
    assert ears.tier([EAR], AMID.format(cry)).tier == alone.tier


def test_where_praise_is_all_around_it_the_meaning_alone_would_calm_it():
    calm = Near(None, calm=("R1", "R2"))
    assert ears.heard(urgency.Found("R2", ("hits me",)), calm, KNOWN).tier == "R3"


def test_of_a_short_text_all_words_say_what_a_phrase_means():
    assert ears.beside("I wish I was dead centre of town", "wish I was dead") == ""


WHO = ("My neighbour", "The matron", "The home", "Her nephew", "They")
DID = ("neglected", "neglects", "starved", "abused", "slapped", "tied up", "bruised", "robbed")
WHOM = ("my wife", "me", "my old dad", "the lady next door", "my sister")


def test_a_plain_statement_of_abuse_is_heard_whoever_did_it_to_whom():
    plain = [" ".join(words) for words in product(WHO, DID, WHOM)]
    assert [said for said in plain if ears.tier([EAR], said).tier not in ("R1", "R2")] == []


@pytest.mark.parametrize("said", ["i have been abused", "ive been abused", "i was assaulted"])
def test_who_says_that_it_was_done_to_them_is_not_doubted(said):
    assert ears.tier([EAR], said).tier == "R2"


CHOKING = "The price of a sandwich in the cafe had me choking, four pounds for egg and cress"


def test_a_doubtful_phrase_sets_off_no_alarm_where_the_text_is_about_something_else():
    assert urgency.tier(EAR.phrases, CHOKING).tier == "R1"
    assert ears.tier([EAR], CHOKING).tier == "R3"


def test_a_doubtful_phrase_is_a_cry_where_the_text_does_not_speak_against_it():
    assert ears.tier([EAR], "my dad is choking on his dinner and nobody is coming").tier == "R1"


def test_a_sure_phrase_stands_beside_a_doubtful_one_that_falls():
    said = "choking on the price, and my carer hits me"
    assert urgency.tier(EAR.phrases, said, doubted=("R1",)).tier == "R2"


def test_what_is_doubted_is_lowered_and_never_dropped():
    found = urgency.tier(EAR.phrases, "Choking on the price of tea", doubted=("R1", "R2"))
    assert (found.tier, found.phrases) == ("R3", ("Choking",))


def test_a_doubtful_phrase_falls_sooner_than_a_sure_one():
    assert (KNOWN.calm < KNOWN.doubt).all()


def test_between_a_cry_and_calm_lies_what_the_meaning_cannot_tell():
    assert (KNOWN.calm < KNOWN.cry).all()
    assert KNOWN.calm[0] < KNOWN.calm[1]  # a phrase of R1 is calmed later than one of R2


def test_a_language_without_lists_hears_nothing():
    assert ears.tier([ears.load(ROOT / "script", "cy")], "I want to die").tier is None


# Ratchets: raise them, never lower them. One cry of each kind and two ordinary ones less than are
# right now, as another processor rounds otherwise (page 37). The goal: every R1, 95 in 100 R2, and
# 97 in 100 ordinary ones left alone. Of these, half were written to sound urgent.
LEAST = {
    "blind": {"R1": 29, "R2": 37, "none": 69},
    "fresh": {"R1": 57, "R2": 65, "none": 221},
    "overheard": {"R1": 53, "R2": 62, "none": 108},
    "unseen": {"R1": 38, "R2": 58, "none": 187},
    "strangers": {"R1": 59, "R2": 59, "none": 157},
    "others": {"R1": 54, "R2": 47, "none": 154},
    "judges": {"R1": 59, "R2": 58, "none": 144},
    "judged": {"R1": 57, "R2": 58, "none": 141},
    "visitors": {"R1": 58, "R2": 59, "none": 264},
    "panel": {"R1": 59, "R2": 59, "none": 266},
    "panelled": {"R1": 56, "R2": 59, "none": 247},
    "neighbours": {"R1": 59, "R2": 59, "none": 263},
    "guests": {"R1": 58, "R2": 58, "none": 265},
    "inspectors": {"R1": 59, "R2": 57, "none": 258},
    "callers": {"R1": 59, "R2": 58, "none": 262},
    "examiners": {"R1": 57, "R2": 58, "none": 263},
    "listeners": {"R1": 54, "R2": 54, "none": 258},
    "dictated": {"R1": 56, "R2": 58, "none": 258},
    "receptionists": {"R1": 56, "R2": 58, "none": 259},
    "wardens": {"R1": 56, "R2": 57, "none": 256},
    "advocates": {"R1": 57, "R2": 56, "none": 260},
}


# One process weighs each sentence, once.
@pytest.mark.xdist_group("meaning")
@pytest.mark.parametrize("part", LEAST)
def test_as_many_labelled_sentences_as_before_are_right(part):
    found = {label: together(part, label)[0] for label in LEAST[part]}
    assert [label for label, least in LEAST[part].items() if found[label] < least] == []


@pytest.mark.xdist_group("meaning")
def test_of_everyday_feedback_that_nobody_learnt_from_97_in_100_are_left_alone():
    good, of = together("unseen", "none", "everyday")
    assert good >= 0.97 * of


@pytest.mark.xdist_group("meaning")
def test_everyday_feedback_in_another_language_calls_nobody():
    everyday = [s for s in TONGUES if s.label not in ALARMS]
    assert len(everyday) > 100
    assert sum(map(both, everyday)) >= 0.97 * len(everyday)


@pytest.mark.xdist_group("meaning")
def test_a_cry_in_another_language_is_seen_first_by_a_person():
    assert [s.text for s in TONGUES if s.label in ALARMS and not first(s)] == []


@pytest.mark.parametrize(
    "said", ["wots the point in carryin on", "i jus wanna dissapear 4eva no1 cares"]
)
def test_english_that_is_spelt_as_people_speak_is_no_other_language(said):
    assert near(KNOWN, said).tier == "R1"


def test_a_phrase_in_a_text_of_two_languages_is_not_calmed_by_what_is_english():
    said = "The nurse was kind and the tea was hot. Mi marido me pega todos kill me por favor"
    assert near(KNOWN, said) == Near(None)


def test_a_phrase_that_is_listed_counts_in_any_language():
    assert ears.tier([EAR], "Moja córka powiedziała overdose wczoraj").tier == "R1"


FORKED = """
import os, sys
from triage.meaning import known
from triage.meaning.near import near
knows = known.load("en")
if os.fork() == 0:
    near(knows, "The nurse was kind and the tea was hot")
    sys.exit(0)
sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))
"""


def test_a_process_that_forked_with_the_encoder_reads_and_ends_by_itself():
    told = subprocess.run([sys.executable, "-c", FORKED], cwd=ROOT, timeout=60, check=False)
    assert told.returncode == 0
