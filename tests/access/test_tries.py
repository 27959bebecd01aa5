"""Wrong tries: they make people wait, longer each time, and never for ever."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.access_rows import Try
from tests.access.conftest import rows, tried
from tests.desk.conftest import NOW, PASSWORD, Desk, Seat, seated
from tests.driver import Line
from triage import throttle
from triage.throttle import Tried

MINUTE = timedelta(minutes=1)


def statuses(seat: Seat, count: int, **more: str) -> list[int]:
    return [seat.sign_in(password="no", **more).status_code for _ in range(count)]


@given(st.integers(0, 10_000), st.integers(0, 100_000))
def test_no_number_of_wrong_tries_makes_anybody_wait_longer_than_a_quarter_of_an_hour(count, ago):
    tried = Tried(count, NOW - timedelta(seconds=ago))
    wait = throttle.waits(tried, throttle.OF_ACCOUNT, NOW)
    assert timedelta() <= wait <= throttle.LONGEST


def test_each_wrong_try_after_the_fifth_doubles_the_wait():
    waits = [throttle.waits(Tried(n, NOW), throttle.OF_ACCOUNT, NOW) for n in range(4, 11)]
    assert [wait / MINUTE for wait in waits] == [0, 1, 2, 4, 8, 15, 15]


def test_the_sixth_wrong_try_is_refused_kindly_even_if_right(both):
    both.staff()
    seat = Seat(both.line)
    assert statuses(seat, 5) == [401] * 5
    answer = seat.sign_in()
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "wait a minute" in answer.text


def test_after_the_wait_the_right_password_opens_and_the_count_begins_anew(desk):
    desk.staff()
    seat = Seat(desk.line)
    statuses(seat, 5)
    tried(desk, MINUTE)
    assert seat.sign_in().status_code == 302
    assert statuses(Seat(desk.line), 5) == [401] * 5


def test_the_second_wait_is_longer_and_says_how_long(desk):
    desk.staff()
    seat = Seat(desk.line)
    statuses(seat, 5)
    tried(desk, MINUTE)
    statuses(seat, 1)
    assert "wait 2 minutes" in seat.sign_in().text


def test_tries_that_were_refused_unseen_do_not_lengthen_the_wait(desk):
    desk.staff()
    seat = Seat(desk.line)
    statuses(seat, 30)
    tried(desk, MINUTE)
    assert seat.sign_in().status_code == 302


def test_tries_are_counted_by_all_processes_together(sqlite_url, environ):
    settings = {**environ, "DATABASE_URL": sqlite_url}
    with Line(settings) as line, Line(settings) as another:
        Desk(line).staff()
        answers = [Seat(each).sign_in(password="no").status_code for each in (line, another) * 3]
    assert answers == [401] * 5 + [429]


def test_a_stranger_locks_nobody_out_of_the_browser_that_they_use(desk):
    colleague = seated(desk)
    colleague.post("/sign-out")
    statuses(Seat(desk.line), 8)
    assert colleague.sign_in().status_code == 302


def test_a_known_browser_is_throttled_as_well(desk):
    colleague = seated(desk)
    colleague.post("/sign-out")
    assert statuses(colleague, 6) == [401] * 5 + [429]


def test_a_mark_of_another_name_makes_no_browser_known(desk):
    desk.staff("Kim")
    sam = seated(desk)
    statuses(Seat(desk.line), 5, name="Kim")
    assert sam.sign_in("Kim").status_code == 429


def test_one_address_that_tries_many_names_waits_too(desk):
    desk.staff()
    stranger = Seat(desk.line)
    answers = [stranger.sign_in(f"name{n}", "x").status_code for n in range(21)]
    assert answers == [401] * 20 + [429]


@pytest.mark.parametrize("name", ["Sam", "Nobody at all"])
def test_a_name_that_nobody_has_waits_like_one_that_somebody_has(desk, name):
    desk.staff()
    stranger = Seat(desk.line)
    answers = [stranger.sign_in(name, "no") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert name not in answers[-1].text


def test_no_name_and_no_address_stands_in_the_rows_of_tries(desk):
    Seat(desk.line).sign_in("my password by mistake", "x")
    (row,) = rows(desk, Try)
    assert {len(row.account), len(row.address)} == {64}


def test_right_sign_ins_of_one_office_are_never_throttled(desk):
    desk.staff()
    assert [Seat(desk.line).sign_in().status_code for _ in range(25)] == [302] * 25


def test_behind_proxies_that_are_named_each_caller_has_an_address_of_their_own(sqlite_url, environ):
    with Line({**environ, "DATABASE_URL": sqlite_url, "PROXIES": "1"}) as line:
        Desk(line).staff()
        for n in range(21):
            line.client.environ_base["HTTP_X_FORWARDED_FOR"] = "198.51.100.1"
            seat = Seat(line)
            seat.client.environ_base["HTTP_X_FORWARDED_FOR"] = "9.9.9.9, 198.51.100.1"
            seat.sign_in(f"n{n}", "x")
        elsewhere = Seat(line)
        elsewhere.client.environ_base["HTTP_X_FORWARDED_FOR"] = "198.51.100.1, 203.0.113.5"
        assert [seat.sign_in().status_code, elsewhere.sign_in().status_code] == [429, 302]


def test_a_forwarded_address_counts_for_nothing_where_no_proxy_is_named(desk):
    answers = []
    for n in range(21):
        seat = Seat(desk.line)
        seat.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{n}"
        answers.append(seat.sign_in(f"n{n}", "x").status_code)
    assert answers[-1] == 429


def test_a_password_of_a_megabyte_is_not_even_hashed(desk):
    desk.staff()
    assert Seat(desk.line).sign_in(password=PASSWORD + "x" * 60_000).status_code == 401
