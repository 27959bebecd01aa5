"""The queue: what stands first, what a row says, and how far one page goes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from handlers.desk import words
from store.models import Heard, Kind, Status
from tests.desk.conftest import NOW, Desk, seated


def references(page: str) -> list[str]:
    return re.findall(r'scope="row"><a href="/feedback/([0-9A-Z-]+)"', page)


def ref(item) -> str:
    return words.reference(item.reference)


@pytest.fixture
def noise(both: Desk) -> None:
    """Rows that no page of new feedback may show."""
    both.item("NOISE hidden", hidden_at=datetime.now(UTC))
    both.item("NOISE finished", status=Status.FINISHED)


@pytest.mark.usefixtures("noise")
def test_the_most_pressing_stands_first(both):
    late = both.item("late", minutes=1)
    early = both.item("early", minutes=99)
    spoken, _ = both.voice(minutes=2)
    abuse = both.item("abuse", tier="R2", minutes=3)
    life = both.item("life", tier="R1", minutes=1)
    page = seated(both).get("/").text
    assert references(page) == [ref(i) for i in (life, abuse, spoken, early, late)]
    assert "NOISE" not in page


@pytest.mark.usefixtures("noise")
def test_pages_follow_each_other_without_loss_or_repeat(both):
    put = {ref(both.item(f"text {n}", minutes=n // 2)) for n in range(52)}
    sitting, path, seen = seated(both), "/", []
    while path:
        page = sitting.get(path).text
        seen += references(page)
        following = re.search(r'class="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    assert (len(seen), set(seen)) == (52, put)
    assert "Back to the start" in page


@pytest.mark.usefixtures("noise")
@pytest.mark.parametrize("query", ["tier=R3", "channel=voice", "service=gp"])
def test_each_filter_keeps_what_fits_and_shows_itself_as_removable(both, query):
    wanted, _ = both.voice(tier="R3", service="gp")
    both.item("another", tier="R4", service="hospital")
    page = seated(both).get(f"/?{query}").text
    assert references(page) == [ref(wanted)]
    assert "remove this filter" in page


def test_what_an_address_cannot_mean_is_left_out(desk, seat):
    item = desk.item("here")
    page = seat().get("/?status=lost&tier=R9&service=%00&after=1-99999999999999999999-1").text
    assert references(page) == [ref(item)]


@pytest.mark.parametrize("tier", ["R1", "R2"])
def test_urgent_rows_show_no_words_and_say_so(desk, seat, tier):
    desk.item("SECRET words", tier=tier)
    page = seat().get("/").text
    assert "SECRET" not in page
    assert "Content hidden: urgent" in page


def test_the_title_counts_urgent_items_that_nobody_has_opened(desk, seat):
    for tier in ("R1", "R2", "R3"):
        desk.item("x", tier=tier)
    desk.item("opened", tier="R1", status=Status.IN_PROGRESS, looked_at=NOW)
    assert "<title>(2 urgent) Hear and code - Heard desk</title>" in seat().get("/").text


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (Heard.EXPECTED, "Not yet heard: 2 seconds of audio"),
        (Heard.STORED, "Not yet heard: 2 seconds of audio"),
        (Heard.NO_SPEECH, "No speech was found: 2 seconds of audio"),
        (Heard.FAILED, "It could not be heard: 2 seconds of audio"),
        (Heard.UNCLEAR, "The nurse was kind"),
        (Heard.WORDS, "The nurse was kind"),
    ],
)
def test_a_row_says_how_far_a_voice_has_come(desk, seat, state, says):
    desk.voice(state=state)
    page = seat().get("/").text
    assert says in page
    assert ("Needs listening" in page) is (state in words.FOR_A_PERSON)


@pytest.mark.parametrize("status", list(Status))
def test_an_empty_queue_has_a_kind_word(seat, status):
    page = seat().get(f"/?status={status.value}").text
    assert 'class="empty"' in page
    assert "<table" not in page


def test_the_number_of_queries_does_not_grow_with_the_rows(both):
    for n in range(30):
        both.voice(minutes=n, tier=None)
        both.item("text", "more", minutes=n)
    sitting = seated(both)
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(both.line.house.database.engine, "before_cursor_execute", note)
    sitting.get("/")
    event.remove(both.line.house.database.engine, "before_cursor_execute", note)
    assert len(asked) <= 10, asked


def test_text_of_a_stranger_is_shown_and_never_run(desk, seat):
    desk.item("<script>alert(1)</script>")
    page = seat().get("/").text
    assert "&lt;script&gt;alert(1)" in page


MOMENTS = {
    "afternoon in summer time": ("2020-07-09T14:11:00", "9 July 2020, 3:11pm"),
    "on the hour": ("2020-01-09T17:00:00", "9 January 2020, 5pm"),
    "midday": ("2020-01-09T12:00:00", "9 January 2020, midday"),
    "midnight": ("2020-01-09T00:00:00", "9 January 2020, midnight"),
    "after midnight": ("2020-01-09T00:05:00", "9 January 2020, 12:05am"),
    "next day in London": ("2020-06-30T23:30:00", "1 July 2020, 12:30am"),
}


@pytest.mark.parametrize(("utc", "read"), MOMENTS.values(), ids=MOMENTS.keys())
def test_moments_read_as_people_in_england_write_them(utc, read):
    assert words.moment(datetime.fromisoformat(utc + "+00:00")) == read


@pytest.mark.parametrize(
    ("minutes", "read"),
    [(0, "just now"), (1, "1 minute ago"), (59, "59 minutes ago"), (60, "1 hour ago"),
     (2879, "1 day ago"), (1440 * 1200, "1,200 days ago")],
)  # fmt: skip
def test_ages_read_in_the_largest_unit_that_fits(minutes, read):
    now = datetime.now(UTC)
    assert words.age(now - timedelta(minutes=minutes), now) == read


def test_long_words_are_cut_between_words(desk):
    desk.item("kindness " * 40)
    [item] = desk.line.items()
    assert words.gist(item).endswith("kindness …")
    assert len(words.gist(item)) <= words.GIST + 2


def test_answers_and_keywords_are_not_what_was_said(desk):
    desk.item("The ward")
    [item] = desk.line.items()
    item.texts[0].kind = Kind.ANSWER
    assert words.gist(item) == "No message was left"
