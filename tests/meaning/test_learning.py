"""What is learnt of the labelled sentences, and how it is kept: each stands for itself once."""

from pathlib import Path

import numpy as np
import pytest

from tests.triage.labelled import BLIND, EAR
from triage.meaning import known, learn, left_out
from triage.meaning.encoder import points
from triage.meaning.kept import keep, kept
from triage.meaning.labelled import examples, labelled
from triage.meaning.near import meaning
from triage.meaning.wording import wording

HERE = Path(known.__file__).parent
KNOWN = EAR.known


def test_what_is_known_was_learnt_from_the_sentences_beside_it():
    assert str(kept(HERE / "known.en.npy")["sha256"]) == learn.checksum(HERE, "en")


def test_what_is_kept_is_found_again_as_it_was_and_cannot_be_changed(tmp_path):
    parts = {"few": np.arange(3, dtype=np.int8), "many": np.eye(2, dtype=np.float32)}
    keep(tmp_path / "some.npy", parts)
    found = kept(tmp_path / "some.npy")
    assert {name: part.tolist() for name, part in found.items()} == {
        name: part.tolist() for name, part in parts.items()
    }
    with pytest.raises(ValueError, match="read-only"):
        found["few"][0] = 1


def test_who_has_a_file_mapped_goes_on_with_it_when_it_is_written_anew(tmp_path):
    keep(tmp_path / "some.npy", {"few": np.zeros(9)})
    old = kept(tmp_path / "some.npy")["few"]
    keep(tmp_path / "some.npy", {"few": np.ones(1)})
    assert old.tolist() == [0] * 9


def test_no_blind_sentence_is_among_the_known_ones():
    learnt = {fold for _, *said in examples(HERE, "en") for fold in map(str.casefold, said)}
    assert not learnt & {s.text.casefold() for part in BLIND.values() for s in part}


def test_what_was_heard_is_of_a_known_sentence():
    meant = {sentence for _, sentence in labelled(HERE / "known.en.txt")}
    assert {row[2] for row in labelled(HERE / "heard.en.txt")} <= meant


def test_each_known_sentence_is_found_again_by_its_place():
    means = [example.means for example in examples(HERE, "en")]
    assert [KNOWN.sentence(at) for at in range(len(means))] == means


def test_a_kernel_is_inverted_some_rows_at_a_time(monkeypatch):
    monkeypatch.setattr(left_out, "AT_ONCE", 3)
    looks = np.random.default_rng(5).normal(size=(8, 9))
    kernel = looks @ looks.T + np.eye(8)
    parts = left_out.halved(kernel.copy())
    assert np.allclose(parts @ parts.T @ kernel, np.eye(8))


def test_sentences_are_as_alike_by_what_many_say_as_by_what_few_say(monkeypatch):
    monkeypatch.setattr(learn, "MANY", 2)
    said = ["he hits me", "he hits her", "he is kind", "she is kind", "he is kind to me"]
    words = wording(said)
    each = [words.of(one) for one in said]
    whole = np.zeros((len(said), len(words.known)), np.float32)
    for row, (at, says) in zip(whole, each, strict=True):
        row[at] = says
    assert np.allclose(learn.alike(each, len(words.known)), whole @ whole.T, atol=1e-6)


def test_rows_are_crossed_some_at_a_time(monkeypatch):
    monkeypatch.setattr(learn, "AT_ONCE", 3)
    rows = np.random.default_rng(6).normal(size=(7, 4)).astype(np.float32)
    times = np.concatenate([times for _, times in learn.crossed(rows)])
    assert np.allclose(times, rows @ rows.T, atol=1e-6)


def test_what_words_add_together_is_what_each_sentence_adds():
    said = ["he hits me", "he hits her", "she is kind"]
    words = wording(said)
    each = [words.of(one) for one in said]
    pulls = np.array([[1, 0], [0, 1], [-1, -1]], np.float32)
    at, says = words.of("he hits")
    alone = [
        sum(says[list(at).index(g)] * m for g, m in zip(*of, strict=True) if g in at) for of in each
    ]
    assert np.allclose(
        says @ learn.added(each, pulls, len(words.known))[at], np.array(alone) @ pulls
    )


def test_all_sentences_pull_together_as_each_pulls_by_itself():
    rows = points(["I want to die", "My carer hits me", "The tea was hot", "Where do I park"])
    pulls = np.array([[1, 0], [0, 1], [-1, -1], [-1, -0.5]], np.float32)
    alone = learn.kernel(rows, np.zeros((4, 4), np.float32)) @ pulls
    together = learn.ANYWAY * pulls.sum(0) + meaning(rows, learn.forms(rows, pulls))
    assert np.allclose(together, alone, atol=1e-5)


def test_the_wording_knows_words_and_pairs_and_passes_over_what_stands_nowhere_else():
    known_words = wording(["he hits me", "he hits her", "she is kind"])
    at, says = known_words.of("he hits hits the unheard")
    assert len(at) == 4  # he, hits, both in a row, and he at the beginning
    assert float(says @ says) == pytest.approx(1)


def test_every_known_sentence_has_a_tier_and_stands_there_once():
    rows = list(labelled(HERE / "known.en.txt"))
    assert {len(row) for row in rows} == {2}
    assert {tier for tier, _ in rows} == {"R1", "R2", "none"}
    assert len({sentence.casefold() for _, sentence in rows}) == len(rows)
