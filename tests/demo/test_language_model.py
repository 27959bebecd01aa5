"""What the demo model's recipe makes of texts: chances that add up, and mended typing."""

import pytest

from speech.demo.recipe import smoothing, written

MESSAGES = written.messages()[:3_000]
WORDS = [*sorted({word for words in MESSAGES for word in words}), smoothing.END]
COUNTS = smoothing.count(MESSAGES)


@pytest.mark.parametrize("smoothed", [smoothing.kneser_ney, smoothing.witten_bell])
@pytest.mark.parametrize("history", [(), ("the",), ("the", "nurse"), ("kind", "late"), ("<s>",)])
def test_the_chances_after_any_words_add_up_to_one(smoothed, history):
    chance = smoothed(COUNTS, 1 / len(WORDS))
    assert sum(chance(history, word) for word in WORDS) == pytest.approx(1)


def test_nothing_is_counted_across_a_word_that_is_not_known():
    counts = smoothing.count([["the", written.GAP, "came"]])
    assert counts == {(): {"the": 1, "</s>": 1, "came": 1}, ("<s>",): {"the": 1}} | {
        ("came",): {"</s>": 1}
    }


def test_typed_words_get_their_apostrophes_back_and_no_misspelt_word_is_learnt():
    learnt = {word for words in written.messages() for word in words}
    assert learnt <= {*written.words(), written.GAP}
    assert learnt.isdisjoint({"dont", "cant", "didnt", "im"})
    assert {"don't", "can't", "didn't", "i'm"} <= learnt
