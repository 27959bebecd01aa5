"""The published rules of suppression, worked by hand; and that nothing hidden can be worked out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.suppression import LEAST, few, hidden, negative, percent, positive, tells

ANSWERS = {"very_good": 10, "good": 5, "neither": 2, "poor": 1, "very_poor": 0, "dont_know": 1}


def test_positive_is_very_good_and_good_of_all_answers_with_dont_know():
    # The example of NHS England's pipeline: 10, 5, 2, 1, 0, 1 of 19 responses: 0.79.
    assert (positive(ANSWERS), negative(ANSWERS)) == (79, 5)


def test_nothing_of_nobody_is_a_blank():
    assert positive({}) is None
    assert negative({"good": 0}) is None


@pytest.mark.parametrize(
    ("part", "total", "said"), [(1, 200, 1), (1, 201, 0), (1, 8, 13), (5, 5, 100)]
)
def test_a_half_percent_is_rounded_upwards(part, total, said):
    assert percent(part, total) == said


@pytest.mark.parametrize(("total", "hides"), [(0, False), (1, True), (4, True), (5, False)])
def test_level_1_hides_one_to_four_and_shows_zero(total, hides):
    assert few(total) is hides


@pytest.mark.parametrize(
    ("totals", "places"),
    [
        # Level 1 alone would leave 232 - 80 - 150 = 2: so the second lowest goes too.
        ([2, 80, 150], {0, 1}),
        ([150, 2, 80], {1, 2}),
        ([0, 3, 10], {1, 2}),  # 0 is shown, and is not the lowest
        ([5, 10], set()),  # nobody is few
        ([0, 0, 0], set()),
        ([1, 2, 3, 4], {0, 1, 2, 3}),
        ([3, 4, 50], {0, 1}),  # 7 together: the 50 may stay
        # Published rules stop at the second; then 52 - 50 = 2 would be two people's answers.
        ([1, 1, 50, 60], {0, 1, 2}),
        ([2, 2, 0, 9], {0, 1, 3}),
        ([3], {0}),
        ([2, 60], {0, 1}),  # one published unit beside a total says the other
    ],
)
def test_level_2_hides_the_second_lowest_and_what_else_is_needed(totals, places):
    assert hidden(totals) == places


@given(st.lists(st.integers(0, 30), max_size=8))
def test_a_total_less_what_is_shown_is_never_one_to_four_people(totals):
    away = hidden(totals)
    rest = sum(totals) - sum(n for at, n in enumerate(totals) if at not in away)
    assert rest == sum(totals) or not few(rest)
    assert len(away) != 1 or sum(1 for n in totals if n) == 1
    assert all(at in away for at, n in enumerate(totals) if few(n))
    assert all(totals[at] for at in away)
    assert away == set() or any(0 < n < LEAST for n in totals)


YEAR = [f"2026-{n:02}" for n in range(4, 13)] + [f"2027-{n:02}" for n in range(1, 4)]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([3], True),  # of one month it is level 1
        ([5], False),
        ([10, 10, 3], True),  # the quarter less two months that are shown: three people
        ([3, 3, 3], False),  # no month is shown, so the nine are all that there is
        ([10, 2, 4], False),  # 6 are left: two months together
        ([10, 0, 10], False),
        ([1, 1, 1], True),
        ([9, 9, 3, 9, 9, 9, 9, 9, 9, 9, 9, 9], True),
        # In each of two quarters 3 are left, so both are hidden; of the year 6 are.
        ([9, 9, 3, 9, 9, 3, 9, 9, 9, 9, 9, 9], False),
    ],
)
def test_a_period_less_what_its_parts_show_tells_nobody(answers, says):
    assert tells(dict(zip(YEAR, answers, strict=False))) is says


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_what_is_shown_of_a_year_never_leaves_one_to_four_people(totals):
    months = dict(zip(YEAR, totals, strict=True))
    rest = 0  # of the year, when every part that is shown is taken away
    for at in range(0, 12, 3):
        quarter = dict(list(months.items())[at : at + 3])
        left = sum(n for n in quarter.values() if tells({"2026-04": n}))
        if tells(quarter):
            rest += left
        else:
            assert not few(left)
    assert tells(months) == few(rest)


def test_a_unit_that_a_period_would_tell_is_hidden_with_the_lowest_of_the_others():
    assert hidden([40, 9, 30], telling=[0]) == {0, 1}
    assert hidden([40, 9, 30], telling=[]) == set()
    assert hidden([0, 9, 30], telling=[0]) == set()
