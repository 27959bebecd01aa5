"""What makes the encoder thinner: what goes is what the rest can make up for."""

import numpy as np

from triage.meaning.recipe.thin import stays


def test_of_two_numbers_that_always_go_together_one_goes():
    dice = np.random.default_rng(3)
    apart = dice.normal(size=(500, 2))
    seen = np.column_stack([apart, 2 * apart[:, 0] + 1, np.ones(500)])
    weight = dice.normal(size=(4, 5))

    stay = stays(seen.T @ seen, weight, left=2)

    assert {1} < {*stay.tolist()} < {0, 1, 2}


def test_what_adds_least_goes_first():
    dice = np.random.default_rng(4)
    seen = np.column_stack([dice.normal(size=(500, 4)), np.ones(500)])
    weight = np.array([5.0, 0.1, 3.0, 0.2, 1.0])[:, None] * np.ones((5, 3))

    assert stays(seen.T @ seen, weight, left=2).tolist() == [0, 2]
