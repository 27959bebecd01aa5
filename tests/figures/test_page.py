"""The figures page: what is counted, what is hidden, who may see it, and what is taken away."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from handlers.desk import figure_filters
from handlers.desk.figures import as_csv
from hours import LONDON
from store.access_rows import Look
from store.arrival_rows import Caller, Channel
from store.doing_rows import Deed, Did
from store.models import Status
from store.safeguarding_rows import TierChange
from store.staff import Role
from tests.desk.conftest import NOW, Seat, seated
from triage import periods
from triage.figure_tables import Table


def callers(desk, *numbers):
    rows = [
        Caller(id=n, joined=str(n), number=b"", reachable=True, first_seen=NOW) for n in numbers
    ]
    desk.add(*rows)


def told(desk, n, **facts):
    for _ in range(n):
        desk.item("words that nobody counts", **facts)


def back(months, day=3):
    """Minutes since noon of a day some months ago."""
    first = list(periods.months(datetime.now(UTC), months + 1).values())[months][0]
    at = first.astimezone(LONDON) + timedelta(days=day - 1, hours=12)
    return (NOW - at.astimezone(UTC)).total_seconds() / 60


def month(n=0):
    return f"{list(periods.months(datetime.now(UTC), n + 1).values())[n][0]:%Y-%m}"


def table(sitting: Seat, key: str, query: str = "") -> list[list[str]]:
    answer = sitting.get(f"/figures/{key}.csv?{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def page(sitting: Seat, query: str = "") -> str:
    answer = sitting.get(f"/figures?{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def test_ratings_are_summed_as_the_fft_does_and_staffs_own_stand_apart(both):
    told(both, 10, rating="very_good", service="hospital")
    told(both, 5, rating="good", service="hospital", staff_rating="very_poor")
    told(both, 2, rating="neither", service="hospital", sentiment="negative")
    told(both, 1, rating="poor", service="hospital")
    told(both, 1, rating="dont_know", service="hospital")
    told(both, 5, service="hospital", sentiment="negative")
    told(both, 6, rating="poor", minutes=back(5))  # noise: before the usual months
    assert table(seated(both, Role.READER), "rating") == [
        ["", "Answers", "Very good", "Good", "Neither good nor poor", "Poor", "Very poor",
         "Don't know", "Positive", "Negative"],
        ["All", "19", "10", "5", "2", "1", "0", "1", "79%", "5%"],
        ["GP surgery", "0", "0", "0", "0", "0", "0", "0", "-", "-"],
        ["Hospital", "19", "10", "5", "2", "1", "0", "1", "79%", "5%"],
        ["Care home or care at home", *["0"] * 7, "-", "-"],
        ["Something else", *["0"] * 7, "-", "-"],
    ]  # fmt: skip


def test_a_service_that_three_people_rated_is_hidden_with_the_next(both):
    told(both, 3, rating="very_poor", service="gp")
    told(both, 9, rating="good", service="hospital")
    told(both, 20, rating="good", service="care_home")
    callers(both, 1, 2)
    told(both, 4, service="care_home", caller_id=1)
    told(both, 1, service="care_home", caller_id=2)
    rows = table(seated(both), "service")
    assert rows == [
        ["Service", "Items", "Share", "Rated", "Positive", "Negative", "From the same phones"],
        ["GP surgery", "3", "8%", "3", "-", "-", "*"],
        ["Hospital", "9", "24%", "9", "-", "-", "-"],
        ["Care home or care at home", "25", "68%", "20", "100%", "0%", "4 of 5 from 1 phone"],
        ["Something else", "0", "0%", "0", "-", "-", "-"],
    ]


def test_a_filter_that_leaves_few_out_hides_what_it_keeps(both):
    told(both, 20, rating="good", service="gp")
    told(both, 2, rating="very_poor", service="gp", channel=Channel.VOICE)
    sitting = seated(both)
    assert table(sitting, "rating")[1][:4] == ["All", "22", "0", "20"]
    assert table(sitting, "rating", "channel=sms")[1] == ["All", "20", *"******", "-", "-"]


def test_rows_under_a_filter_do_not_give_away_what_one_caller_answered(both):
    facts = {"sentiment": "mixed", "themes": ["food"], "provider_id": "1-1", "coded_at": NOW}
    told(both, 53, rating="good", service="gp", **facts)
    told(both, 1, rating="poor", service="gp", channel=Channel.VOICE, **facts)
    more = {**facts, "themes": ["waiting"], "provider_id": "1-2"}
    told(both, 30, rating="good", service="hospital", **more)
    told(both, 40, rating="good", service="care_home", **{**more, "provider_id": "1-3"})
    told(both, 9, rating="good", service="hospital", channel=Channel.VOICE, **more)
    sitting = seated(both)
    assert table(sitting, "rating")[2][3:7] == ["53", "0", "1", "0"]
    of_texts = table(sitting, "rating", "channel=sms")
    assert of_texts[1][:4] == ["All", "123", "0", "123"]
    assert of_texts[2] == ["GP surgery", "53", *"******", "-", "-"]
    assert of_texts[3][:3] == ["Hospital", "30", "*"]  # the lowest other: else it is worked out
    assert of_texts[4][3] == "40"
    for key in ("service", "provider"):
        assert table(sitting, key, "channel=sms")[1][4:6] == ["-", "-"]
    assert table(sitting, "themes", "channel=sms")[2][3:] == [*"*****"]


def quarter():
    """The quarter before this one: its months (0 to 2) as how many months ago each was."""
    three = dict(enumerate(periods.fixed(datetime.now(UTC), 6)["Quarters"][1].months))
    named = list(periods.fixed(datetime.now(UTC), 7)["Months"])
    return [next(n for n, one in enumerate(named) if one.since == key) for key in three.values()]


def test_months_are_londons_and_a_filter_keeps_what_fits(both):
    first, second, third = quarter()
    told(both, 6, rating="good", service="gp", minutes=back(third, 1))
    told(both, 7, rating="poor", service="gp", minutes=back(second, 1))
    told(both, 8, service="hospital", minutes=back(third, 1))
    sitting = seated(both)
    since = f"since={month(first)}&until={month(third)}"
    assert [row[1:4] for row in table(sitting, "month", since)[1:]] == [
        ["0", "0%", "0"],
        ["7", "33%", "7"],
        ["14", "67%", "6"],
    ]
    rows = table(sitting, "month", f"{since}&service=gp")[2:]
    assert [row[1:] for row in rows] == [
        ["7", "54%", "7", "0%", "100%"],
        ["6", "46%", "6", "100%", "0%"],
    ]


def test_a_quarter_beside_its_months_does_not_tell_what_three_people_answered(both):
    first, second, third = quarter()
    facts = {"service": "gp", "sentiment": "mixed", "themes": ["food"], "provider_id": "1-1"}
    told(both, 6, rating="good", minutes=back(first), **facts)
    told(both, 5, rating="good", minutes=back(second), **facts)
    told(both, 3, rating="very_poor", minutes=back(third), **facts)
    sitting = seated(both)
    whole = f"period={month(first)}_{month(third)}"
    assert table(sitting, "rating", whole)[1] == ["All", "14", *"******", "-", "-"]
    assert table(sitting, "rating", f"period={month(first)}_{month(first)}")[1][3] == "6"
    for key in ("service", "provider", "channel"):
        assert table(sitting, key, whole)[1][4:6] == ["-", "-"]
    assert table(sitting, "themes", whole)[1][3:] == [*"*****"]


def test_a_service_of_which_a_quarter_would_tell_is_hidden_with_the_lowest_other(both):
    first, second, third = quarter()
    for ago in (first, second, third):
        told(both, 4, rating="good", service="gp", minutes=back(ago))
        told(both, 20, rating="good", service="hospital", minutes=back(ago))
    told(both, 17, rating="good", service="care_home", minutes=back(first))
    told(both, 2, rating="poor", service="care_home", minutes=back(third))
    rows = table(seated(both), "rating", f"period={month(first)}_{month(third)}")
    assert [row[3] for row in rows[1:5]] == ["89", "*", "60", "*"]


@pytest.mark.parametrize(
    ("since", "until", "name"),
    [
        ("2026-10", "2026-10", "October 2026"),
        ("2026-10", "2026-11", "October to December 2026, so far"),
        ("2026-09", "2026-11", "April 2026 to March 2027, so far"),
        ("2026-07", "2026-09", "July to September 2026"),
        ("2025-04", "2026-03", "April 2025 to March 2026"),
        ("2026-03", "2026-04", "October to December 2026, so far"),
    ],
)
def test_an_old_address_opens_the_smallest_period_that_holds_its_months(since, until, name):
    known = periods.fixed(datetime(2026, 11, 28, 12, tzinfo=UTC), figure_filters.BACK)
    asked = {"since": since, "until": until}
    assert figure_filters.asked_period(asked, known).name == name


def test_each_period_lies_wholly_in_a_larger_one_and_none_of_a_kind_overlap():
    known = periods.fixed(datetime(2026, 4, 1, 12, tzinfo=UTC), figure_filters.BACK)
    for small, large in (("Months", "Quarters"), ("Quarters", "Years")):
        for one in known[small]:
            holds = [p for p in known[large] if p.months.keys() >= one.months.keys()]
            assert len(holds) == 1
    for some in known.values():
        every = [key for one in some for key in one.months]
        assert len(every) == len(set(every))


def test_themes_are_counted_with_how_the_words_sound(both):
    told(both, 6, sentiment="negative", themes=["waiting", "food"], coded_at=NOW)
    told(both, 1, sentiment="positive", themes=["waiting"], coded_at=NOW)
    told(both, 3, sentiment="positive", themes=[], coded_at=NOW)
    told(both, 9, themes=[])
    rows = table(seated(both), "themes")
    assert [row[1:5] for row in rows[1:]] == [["7", "70%", "1", "6"], ["6", "60%", "0", "6"]]


def test_an_erased_item_still_counts(both):
    told(both, 5, rating="good", hidden_at=NOW, erased_at=NOW)
    assert table(seated(both), "rating")[1][1] == "5"


def test_times_are_told_in_working_hours(both):
    hours = both.line.house.door.script.line.opening
    came = hours.next_open(hours.closes(NOW - timedelta(days=20)))
    soon, late, end = (hours.after(came, timedelta(hours=n)) for n in (2, 8, 16))
    minutes = (NOW - came).total_seconds() / 60
    told(both, 4, minutes=minutes, looked_at=soon)
    told(both, 5, minutes=minutes, looked_at=late, closed_at=end, status=Status.FINISHED)
    told(both, 6)
    of = f"period={came.astimezone(LONDON):%Y-%m}_{NOW.astimezone(LONDON):%Y-%m}"
    assert table(seated(both), "times", of)[1:] == [
        ["To the first look", "9", "8 h 0 min", "8 h 0 min"],
        ["To being finished", "5", "16 h 0 min", "16 h 0 min"],
    ]


@pytest.mark.parametrize("role", Role)
def test_readers_see_the_figures_but_only_leads_how_good_the_flags_are(desk, role):
    told(desk, 5, rating="good")
    item = desk.item("x", tier="R2")
    made = {"by": "Kim", "before": "R1", "after": "R2", "machine": "R1", "reason": ""}
    desk.add(TierChange(feedback_id=item.id, at=NOW, reasons=[], **made))
    sitting = seated(desk, role)
    seen = [
        sitting.get(path).status_code
        for path in ("/figures", "/figures/month.csv", "/figures/flags.csv")
    ]
    leads = role in (Role.LEAD, Role.DEPUTY)
    assert seen == ([403, 403, 403] if role is Role.ADMIN else [200, 200, 200 if leads else 404])
    if leads:
        assert table(sitting, "flags")[1][:6] == ["R1 life", "1", "0", "0%", "1", "100%"]


def test_what_waits_now_is_counted_whatever_the_filters(desk):
    desk.voice()
    desk.item("a text", service="gp")
    desk.item("done", status=Status.FINISHED)
    seen = page(seated(desk), "service=gp")
    assert "<strong>1</strong> phone messages" in seen
    assert "<strong>2</strong> items that nobody has coded" in seen


def test_every_page_says_that_it_is_not_representative_and_not_the_fft(desk):
    told(desk, 5, rating="good")
    seen = page(seated(desk))
    assert "Self-selected, not representative." in seen
    assert "this is not the NHS Friends and Family Test" in seen


@pytest.mark.parametrize(
    "query",
    ["since=x&until=y", "since=9999-01", "service=%00&line=a", "provider=<script>", "place=%25%00'",
     "channel=voice&language=xx", "since=&until=&about="],
)  # fmt: skip
def test_an_address_that_means_nothing_shows_the_usual_figures(desk, query):
    told(desk, 5, rating="good")
    assert page(seated(desk), query).count("<table") >= 5


def test_a_filter_can_be_taken_off(desk):
    told(desk, 6, service="gp", rating="good")
    seen = page(seated(desk), "service=gp&place=Lapal")
    assert 'href="/figures?since=' in seen
    assert "Place: Lapal" in seen
    assert "GP surgery <span" in seen


def test_a_table_of_no_known_name_is_not_found(desk):
    assert seated(desk).get("/figures/nothing.csv").status_code == 404


def test_whoever_takes_figures_away_is_written_down(desk):
    told(desk, 5, rating="good")
    table(seated(desk, name="Ada"), "month")
    with desk.line.house.database.reading() as session:
        look = session.scalars(select(Look)).one()
    now = periods.fixed(datetime.now(UTC), 1)["Quarters"][0]
    taken = f"figures month, {now.since} to {now.until}"
    assert (look.by, look.kind, look.what) == ("Ada", "export", taken)


def test_a_place_that_begins_like_a_formula_is_text_in_a_spreadsheet(desk):
    made = as_csv(Table("x", "x", ("Place", "Share"), [["=HYPERLINK(1)", "-"], ["é, “b”", 5]]))
    assert made == '\ufeffPlace,Share\r\n\'=HYPERLINK(1),-\r\n"é, “b”",5\r\n'.encode()


def changed(desk, words, did="changed", **facts):
    """An item of which an outcome was kept."""
    item = desk.item("words that nobody counts", outcome=did, **facts)
    deed = Deed(feedback_id=item.id, at=NOW, by="Kim", did=Did.OUTCOME, to=did, words=words,
                way="made", then=NOW)  # fmt: skip
    desk.add(deed)
    return item


def test_you_said_we_did_tells_the_last_word_of_what_changed_in_these_months(both):
    at_lapal = {"service": "gp", "provider": "Lapal Surgery, Dudley (1-102)"}
    first = changed(both, "They may change it", **at_lapal, themes=["waiting"])
    both.add(Deed(feedback_id=first.id, at=NOW, by="Kim", did=Did.OUTCOME, to="changed",
                  words="Letters go a week before", way="made", then=NOW))  # fmt: skip
    changed(both, "Another service", service="hospital")
    changed(both, "They said no", did="no_change", **at_lapal)
    changed(both, "Long ago", **at_lapal, minutes=back(9))
    changed(both, "Hidden by now", **at_lapal, hidden_at=NOW)
    said = page(seated(both, Role.READER), "service=gp")
    told = said.partition("You said, we did")[2]
    assert "Lapal Surgery, Dudley" in told
    assert "Letters go a week before" in told
    for words in ("may change", "Another service", "said no", "Long ago", "Hidden", "1-102"):
        assert words not in told


def test_you_said_we_did_reads_its_index_and_not_every_item(both):
    changed(both, "Letters go a week before")
    asked, engine = [], both.line.house.database.engine
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
    page(seated(both))
    statement, values = next(one for one in asked if "deeds" in one[0])
    if engine.dialect.name == "sqlite":  # PostgreSQL reads so few rows without any index
        with engine.connect() as opened:
            plan = opened.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        assert "ix_feedback_outcome" in str(plan)
