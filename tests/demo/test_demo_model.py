"""The demo model as it lies in the project: whole, small, and the one that its report is about."""

import importlib
import re

import pytest

from speech import models
from tests.conftest import ROOT

DEMO = ROOT / "speech" / "demo"
MOST = 6_000_000  # bytes
FEWEST = 1_500  # words
BESIDE = ("<eps>", "#0", "[unk]")

NEEDED = """
zero oh one two three four five six seven eight nine double nought
nine nine nine a and e g p n h s one one one
suicide suicidal kill myself help me overdose breathe unconscious bleeding
hits hit slapped bruises neglect abuse assault pressure sore safeguarding starving
wrong medicine dose fell complaint solicitor police council
doctor nurse carer dentist pharmacy chemist ambulance paramedics hospice midwife
birmingham dudley walsall wolverhampton coventry sandwell
monday december twenty pounds
"""


def words() -> set[str]:
    listed = (DEMO / "model" / "graph" / "words.txt").read_text().splitlines()
    return {line.split()[0] for line in listed}


def test_the_model_is_whole_and_small():
    models.check(models.DEMO)
    files = [path for path in models.DEMO.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= MOST


def test_it_takes_telephone_sound():
    assert models.rate(models.DEMO) == 8_000


def test_it_knows_enough_words_and_marks_the_others():
    assert len(words() - set(BESIDE)) >= FEWEST
    assert set(BESIDE) <= words()


def test_it_knows_what_people_say_of_care_and_of_danger():
    assert set(NEEDED.split()) <= words()


def test_the_report_is_about_this_model():
    report = (DEMO / "REPORT.md").read_text()
    assert re.findall(r"Model `(\w+)`", report) == [models.fingerprint(models.DEMO)]


@pytest.mark.parametrize("name", ["grammar", "lexicon", "ngram", "smoothing", "written"])
def test_what_needs_no_training_runs_without_the_recipes_requirements(name):
    importlib.import_module(f"speech.demo.recipe.{name}")


def test_the_sentences_that_measure_are_in_no_text_that_teaches():
    grammar = importlib.import_module("speech.demo.recipe.grammar")
    texts = ("stories.txt", "further.txt", "sentences.txt")
    taught = {line for name in texts for line in grammar.lines(name)}
    measured = [*grammar.lines("test.txt"), *grammar.lines("dev.txt")]
    assert taught.isdisjoint([*measured, *grammar.lines("heldout_prototype.txt")])


@pytest.mark.parametrize("name", ["test.txt", "heldout_prototype.txt", "dev.txt"])
def test_of_a_whole_message_and_one_that_measures_less_than_half_the_words_are_in_both(name):
    grammar = importlib.import_module("speech.demo.recipe.grammar")
    by_hand = [*grammar.lines("stories.txt"), *grammar.lines("further.txt")]
    taught = [{*line.split()} for line in by_hand]
    measured = [{*line.split()} for line in grammar.lines(name)]
    alike = [
        one for one in measured for other in taught if 2 * len(one & other) >= len(one | other)
    ]
    assert len(alike) == 0


def test_the_same_seed_draws_the_same_messages():
    ngram = importlib.import_module("speech.demo.recipe.ngram")
    assert list(ngram.messages(20, seed=1)) == list(ngram.messages(20, seed=1))
