"""Counting without a database: groups, shares, times, bars."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.desk.counted_staff import took_words
from hours import Hours
from triage import charts, figures
from triage.figure_tables import by_theme, split, spread
from triage.figures import Cell

HOURS = Hours({day: (time(9), time(17)) for day in range(5)}, {date(2026, 12, 25)})
MOMENTS = st.integers(0, 152 * 24 * 60).map(
    lambda minutes: datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
RATINGS = {
    k: k.replace("_", " ")
    for k in ("very_good", "good", "neither", "poor", "very_poor", "dont_know")
}


def cell(n=1, rating=None, service=None, sentiment=None, here=True, channel="sms"):
    return Cell(
        "2026-11", service, channel, "en", None, "west-midlands", rating, sentiment, None, here, n
    )


def tells(cells, filters):
    return bool(figures.telling(figures.answered(cells, filters, "rating")))


@given(MOMENTS, MOMENTS)
def test_the_working_clock_agrees_with_the_opening_hours(one, other):
    since, until = sorted((one, other))
    clock = figures.working(
        HOURS, datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
    )
    assert clock(until) - clock(since) == HOURS.between(since, until)


def test_a_line_without_opening_hours_has_no_working_time():
    clock = figures.working(
        Hours({}), datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
    )
    assert clock(datetime(2026, 9, 20, tzinfo=UTC)) == timedelta()


@pytest.mark.parametrize(
    ("values", "half", "most"),
    [([3, 1, 2], 2, 3), (range(1, 11), 5, 9), ([7], 7, 7), ([], None, None)],
)
def test_percentiles_are_values_that_somebody_had(values, half, most):
    assert (figures.percentile(list(values), 0.5), figures.percentile(list(values), 0.9)) == (
        half,
        most,
    )


def test_times_of_fewer_than_five_are_not_told():
    assert took_words([timedelta(hours=1)] * 4) == ("-", "-")
    assert took_words([timedelta(minutes=200)] * 5) == ("3 h 20 min", "3 h 20 min")


def test_phones_that_say_much_are_counted():
    # 5 phones once, one twice, one five times: 7 of 12 from 2 phones.
    assert figures.phones([(1, 5), (2, 1), (5, 1)]) == (12, 7, 2)


def test_units_have_their_share_of_all_and_their_rating_of_who_rated():
    groups = {
        "GP": [cell(6, "good"), cell(4, "poor"), cell(10)],
        "Hospital": [cell(5, "very_good"), cell(5, "dont_know")],
        "Other": [],
    }
    assert split("s", "By service", "Service", groups, True).rows == [
        ["GP", 20, "67%", 10, "60%", "40%"],
        ["Hospital", 10, "33%", 10, "50%", "0%"],
        ["Other", 0, "0%", 0, "-", "-"],
    ]


def test_a_unit_of_two_answers_hides_itself_and_the_next():
    groups = {"GP": [cell(2, "poor")], "Hospital": [cell(80, "good")], "Home": [cell(9, "good")]}
    rows = spread("rating", "Rating", groups, "rating", RATINGS, True).rows
    assert rows == [
        ["All", 91, 0, 89, 0, 2, 0, 0, "98%", "2%"],
        ["GP", 2, *"******", "-", "-"],
        ["Hospital", 80, 0, 80, 0, 0, 0, 0, "100%", "0%"],
        ["Home", 9, *"******", "-", "-"],
    ]


def test_a_hidden_unit_has_no_bar_either():
    groups = {"GP": [cell(2, "poor")], "Hospital": [cell(80, "good")], "Home": [cell(9, "good")]}
    bars = spread("rating", "Rating", groups, "rating", RATINGS, True).bars
    assert [bool(bar.pieces) for bar in bars] == [True, False, True, False]


def test_where_the_view_must_not_be_shown_nothing_of_it_is():
    rows = spread("rating", "Rating", {"GP": [cell(80, "good")]}, "rating", RATINGS, False).rows
    assert rows == [["All", 80, *"******", "-", "-"]]


def test_a_filter_that_leaves_three_people_out_hides_what_is_left():
    cells = [cell(40, "good"), cell(3, "poor", channel="voice")]
    assert tells(cells, {"channel": "sms"})
    assert not tells([*cells, cell(2, "poor", channel="voice")], {"channel": "sms"})
    assert not tells(cells, {})


def test_each_of_two_filters_is_looked_at_alone_too():
    cells = [
        cell(40, "good", "gp"),
        cell(3, "poor", "gp", channel="voice"),
        cell(50, "good", "hospital"),
    ]
    assert tells(cells, {"channel": "sms", "service": "gp"})


def test_a_row_under_a_filter_tells_of_the_few_whom_the_filter_leaves_out():
    cells = [
        cell(53, "good", "gp"),
        cell(1, "poor", "gp", channel="voice"),
        cell(20, "good", "hospital"),
        cell(9, "good", "hospital", channel="voice"),
        cell(4, None, "hospital", channel="voice"),
    ]
    rows = figures.answered(cells, {"channel": "sms"}, "rating", "service")
    assert figures.telling(rows) == {"gp"}


def test_a_row_under_two_filters_is_looked_at_beside_the_one_without_any():
    cells = [cell(53, "good", "gp"), cell(2, "poor", "gp", channel="voice", here=False)]
    rows = figures.answered(cells, {"channel": "sms", "here": True}, "rating", "service")
    assert figures.telling(rows) == {"gp"}


def test_a_theme_that_few_speak_of_shows_how_many_but_not_how():
    counted = {
        "food": {"negative": 3},
        "kind": {"positive": 20, "negative": 2},
        "park": {"mixed": 8},
    }
    names = {"food": "Food", "kind": "Kindness", "park": "Parking"}
    feelings = {"positive": "Positive", "negative": "Negative", "mixed": "Mixed"}
    assert by_theme(counted, 30, names, feelings, True).rows == [
        ["Kindness", 22, "73%", 20, 2, 0],
        ["Parking", 8, "27%", *"***"],
        ["Food", 3, "10%", *"***"],
    ]


def test_bars_fill_the_width_and_never_more():
    assert [bar.pieces[0].width for bar in charts.bars([("a", 10, ""), ("b", 5, "")])] == [100, 50]
    pieces = charts.stacked([("x", 1), ("none", 0), ("y", 2)], 3)
    assert [(p.kind, p.x, p.width) for p in pieces] == [("x", 0, 33.33), ("y", 33.33, 66.67)]
    assert charts.bars([("a", 0, "")])[0].pieces == ()
