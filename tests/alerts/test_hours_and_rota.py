"""Opening hours and rota as the operator writes them; a mistake is one line that names its key."""

import shutil
from datetime import date, timedelta

import pytest

from dialogue import away, checks, script
from dialogue.opening import Opening
from dialogue.rota import Rota, gaps, on
from dialogue.thread import Arrived
from tests.alerts.conftest import ANN, MONDAY, NIGHT, PEOPLE, R1, R2, london
from tests.conftest import ROOT

PERSON = f"""
[[rota.people]]
name = "Ann"
role = "duty"
phone = "{ANN}"
"""
SENDER = ('# sender = "+441214960000"', 'sender = "+441214960000"')


@pytest.fixture
def written(tmp_path):
    """The script with some words of line.toml replaced, read and checked."""
    folder = tmp_path / "script"
    shutil.copytree(ROOT / "script", folder)

    def read(*changes, more=""):
        words = (folder / "line.toml").read_text()
        for old, new in changes:
            assert old in words
            words = words.replace(old, new, 1)
        (folder / "line.toml").write_text(words + more)
        return checks.check(script.load(folder))

    return read


def test_the_script_that_comes_with_it_is_open_on_weekdays_and_has_nobody(written):
    line = written().line

    assert line.opening.open_at(MONDAY)
    assert not line.opening.open_at(NIGHT)
    assert line.rota.people == ()


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 12, 25),
        date(2026, 12, 28),  # for Boxing Day, which is a Saturday
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 3),
        date(2027, 5, 31),
        date(2027, 8, 30),
        date(2026, 11, 24),  # the line's own
    ],
)
def test_the_line_is_closed_on_bank_holidays_and_days_of_its_own(written, day):
    opening = written(("closed = []", "closed = [2026-11-24]")).line.opening

    assert not opening.open_at(london(day.year, day.month, day.day, 12))


def test_a_line_may_be_open_on_bank_holidays(written):
    opening = written(('bank_holidays = "ENG"', 'bank_holidays = "none"')).line.opening

    assert opening.open_at(london(2026, 12, 25, 12))


def test_a_script_without_opening_hours_is_open_when_its_words_say_so(written):
    words = (ROOT / "script" / "line.toml").read_text()
    table = words[words.index("\n[opening]") : words.index("# Who is told")]

    assert written((table, "")).line.opening.open_at(MONDAY)


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ({"mon": "9:00-17:00", "tue": "9:00-17:00"}, "Mon-Tue 9-5"),
        ({"mon": "9:30-12:00", "wed": "9:30-12:00"}, "Mon 9.30-12, Wed 9.30-12"),
        ({"fri": "0:00-12:30", "sat": "13:00-23:59"}, "Fri 12-12.30, Sat 1-11.59"),
    ],
)
def test_opening_hours_are_said_as_people_say_them(week, said):
    assert Opening.model_validate(week).said() == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (london(2026, 12, 23, 18), "Mon-Fri 9-5"),
        (london(2026, 12, 24, 12), "Mon-Fri 9-5"),
        (london(2026, 12, 24, 16, 50), "from Tue 29 Dec"),  # they close within the hour
        (london(2026, 12, 31, 16, 59), "from Mon 4 Jan"),
        (london(2026, 12, 22, 16, 50), "Mon-Fri 9-5"),
        (london(2026, 12, 24, 17, 1), "from Tue 29 Dec"),  # Christmas, a weekend, and its Monday
        (london(2026, 12, 27, 3), "from Tue 29 Dec"),
        (london(2026, 12, 28, 11), "from Tue 29 Dec"),
        (london(2026, 12, 29, 8, 59), "Mon-Fri 9-5"),  # it opens within the hour, as every day
        (london(2026, 12, 31, 22), "from Mon 4 Jan"),
        (NIGHT, "Mon-Fri 9-5"),
        (MONDAY, "Mon-Fri 9-5"),
    ],
)
def test_texts_say_the_day_of_the_next_opening_where_holidays_come_before_it(written, at, said):
    assert written().line.hours_at(at) == said


def test_no_day_is_longer_than_the_one_that_texts_are_measured_with(written):
    days = (london(2026, 1, 1, 12) + timedelta(days=number) for number in range(366))
    line = written().line.model_copy(update={"hours": ""})

    assert max(len(line.hours_at(day)) for day in days) <= len(line.longest_hours)


def test_hours_that_never_open_are_said_as_they_stand(written):
    line = written().line.model_copy(update={"week": Opening()})

    assert line.hours_at(MONDAY) == "Mon-Fri 9-5"


def test_no_reply_on_a_bank_holiday_says_that_somebody_is_here(small):
    small.at = london(2026, 12, 28, 11)  # a Monday
    other = "+447700900556"
    replies = [
        *(small.say(words).words for words in (R2, "yes", "he did it again")),
        *(small.say(words, frm=other).words for words in ("ADVICE", "how do I complain")),
        small.say("The ward was cold", frm="+447700900555").words,
        *(small.say(words, frm="+447700900557").words for words in (R1, "he did it again")),
    ]
    told = [reply for reply in replies if "from Tue 29 Dec" in reply]

    assert not any("Mon-Fri" in reply for reply in replies)
    assert len(told) == 6


def test_a_reply_while_the_database_is_away_says_no_other_hours(small):
    came = Arrived("he is still here", london(2026, 12, 28, 11))
    _, words = away.text(small.line.house.door.script, came, [away.CRISIS], [away.CRISIS])

    assert "when we open (from Tue 29 Dec)" in words


@pytest.mark.parametrize(
    ("changes", "more", "wrong"),
    [
        ([('hours = "Mon-Fri 9-5"', 'hours = "Mon-Sat 9-5"')], "", 'hours: it says "Mon-Sat 9-5"'),
        ([('mon = "9:00-17:00"', 'mon = "nine"')], "", "opening.mon: value error, write it as"),
        ([('mon = "9:00-17:00"', 'mon = "25:00-26:00"')], "", "opening.mon: value error"),
        ([('mon = "9:00-17:00"', 'mon = "17:00-9:00"')], "", "opening.mon: value error, it closes"),
        ([('bank_holidays = "ENG"', 'bank_holidays = "UK"')], "", "opening.bank_holidays: "),
        ([('test = "10:00"', 'test = "8:00"')], "", "rota.test: "),
        ([], PERSON, "rota.sender: "),
        ([SENDER], PERSON.replace("+44", "0"), "rota.people.0.phone: "),
        ([SENDER], PERSON + PERSON, "rota.people.1.name: "),
        ([SENDER], PERSON + "days = []", "rota.people.0: with no days"),
        ([SENDER], PERSON + 'phon = "x"', "rota.people.0.phon: extra"),
        (
            [SENDER],
            '[[rota.people]]\nname = "A"\nrole = "duty"',
            "rota.people.0: value error, give",
        ),
        (
            [SENDER],
            PERSON + "leave = [{ from = 2026-12-02, until = 2026-12-01 }]",
            "rota.people.0.leave: it ends",
        ),
    ],
)
def test_a_mistake_is_one_line_that_names_file_and_key(written, changes, more, wrong):
    with pytest.raises(script.WrongScript) as why:
        written(*changes, more=more)

    assert str(why.value).startswith(f"line.toml: {wrong}")
    assert "7700900" not in str(why.value)


def test_a_rota_that_is_right_is_taken(written):
    line = written(SENDER, more=PERSON + 'days = ["mon"]\nwhen = ["open"]').line

    assert [person.name for person in on(line.rota, line.opening, MONDAY)] == ["Ann"]
    assert on(line.rota, line.opening, NIGHT) == []


def test_a_night_belongs_to_the_days_that_the_calendar_gives_it(written):
    hours = written().line.opening
    rota = Rota.model_validate({"people": [{**PEOPLE[0], "days": ["sat"]}]})

    assert on(rota, hours, london(2026, 11, 21, 0))
    assert on(rota, hours, london(2026, 11, 21, 23, 59))
    assert not on(rota, hours, london(2026, 11, 22, 0))


def test_gaps_are_found_to_the_quarter_of_an_hour_across_the_clocks(written):
    hours = written().line.opening
    days = ["mon", "tue", "wed", "thu", "fri", "sat"]
    rota = Rota.model_validate({"people": [{**PEOPLE[0], "days": days}]})
    found = list(gaps(rota, hours, london(2026, 10, 23, 12, 7), 7))

    assert [(gap.start, gap.end, gap.open) for gap in found] == [
        (london(2026, 10, 25), london(2026, 10, 26), False)
    ]
