"""An incident is told once, by mail or hook, and its end once; a mail server may be away."""

import pytest

import config
from store import incidents
from store.database import Database
from store.models import Recording
from store.queue import Bell
from store.upkeep import Incident
from tests.conftest import ENVIRON
from workers import watch
from workers.alarms import Alarms
from workers.guard import Guard

WRONG = {"disk": "The disk is nearly full."}


def settle(back, alarms, found) -> None:
    with back.room.database.writing() as session:
        incidents.settle(session, found, back.room.now())
    watch.tell(back.room, alarms)


def rows(back) -> list[Incident]:
    with back.room.database.reading() as session:
        return session.query(Incident).order_by(Incident.id).all()


def test_an_incident_is_told_once_and_so_is_its_end(back, mail, hook):
    alarms = Alarms("ops@example.org", mail.url, hook.url)
    for found in (WRONG, WRONG, {}, {}, WRONG):
        settle(back, alarms, found)
        back.later(minutes=1)
    assert ["over" in letter.split("\n")[0] for letter in mail.letters] == [False, True, False]
    assert [post["state"] for post in hook.posts] == ["open", "over", "open"]
    assert [row.closed_at is None for row in rows(back)] == [False, True]


def test_a_letter_says_what_is_wrong_and_where_to_read_on(back, mail):
    settle(back, Alarms("ops@example.org", mail.url, None), WRONG)
    assert "The disk is nearly full." in mail.letters[0]
    assert "docs/operating.md" in mail.letters[0]
    assert "To: ops@example.org" in mail.letters[0]


def test_while_the_mail_server_is_away_it_is_tried_less_and_less_often(small, mail):
    alarms = Alarms("ops@example.org", mail.url, None)
    mail.stop()
    settle(small, alarms, WRONG)
    (row,) = rows(small)
    assert (row.reason, row.attempts, row.told_at) == ("e-mail: ConnectionRefusedError", 1, None)
    settle(small, alarms, WRONG)
    assert rows(small)[0].attempts == 1
    mail.start()
    small.later(minutes=2)
    settle(small, alarms, WRONG)
    settle(small, alarms, WRONG)
    assert len(mail.letters) == 1
    assert rows(small)[0].told_at


def test_nobody_is_tried_for_ever(small, hook):
    hook.status = 500
    for _ in range(incidents.MOST_ATTEMPTS + 5):
        settle(small, Alarms(None, None, hook.url), WRONG)
        small.later(hours=1)
    (row,) = rows(small)
    assert (row.attempts, row.due_at) == (incidents.MOST_ATTEMPTS, None)
    assert row.reason == "webhook: it answered 500"


def test_one_way_that_works_is_enough_and_the_other_is_kept_as_the_reason(small, mail, hook):
    hook.status = 503
    settle(small, Alarms("ops@example.org", mail.url, hook.url), WRONG)
    (row,) = rows(small)
    assert (len(mail.letters), row.due_at, row.reason) == (1, None, "webhook: it answered 503")


def test_a_look_finds_a_stuck_recording_and_says_so_without_a_word_of_it(back, hook):
    back.call()
    back.later(minutes=7)
    guard = Guard(back.room, Bell(None), Alarms(None, None, hook.url))
    guard.look()
    guard.look()
    told = {post["kind"]: post["words"] for post in hook.posts}
    assert set(told) == {"stuck", "queue"}
    with back.room.database.writing() as session:
        session.query(Recording).update({"due_at": None})
    guard.look()
    assert [(p["kind"], p["state"]) for p in hook.posts][2:] == [("stuck", "over")]


def test_a_database_that_is_away_is_told_by_whoever_stands_guard(small, hook, tmp_path):
    (tmp_path / "gone").mkdir()

    small.furnish(database=Database(f"sqlite:///{tmp_path}/gone/nothing/heard.db"))
    guard = Guard(small.room, Bell(None), Alarms(None, None, hook.url))
    for _ in range(5):
        guard.look()
    assert [post["kind"] for post in hook.posts] == ["database"]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"ALARM_EMAIL": "nobody"}, "ALARM_EMAIL"),
        ({"ALARM_EMAIL": "a@b.example"}, "SMTP_URL"),
        ({"SMTP_URL": "http://mail"}, "SMTP_URL"),
        ({"SMTP_URL": "smtp://mail:port"}, "SMTP_URL"),
        ({"ALARM_WEBHOOK": "mailto:me"}, "ALARM_WEBHOOK"),
        ({"LEAST_FREE_MB": "much"}, "LEAST_FREE_MB"),
    ],
)
def test_a_setting_that_is_malformed_is_named(settings, named):
    with pytest.raises(config.WrongSetting, match=named):
        config.read({**ENVIRON, **settings})


def test_a_mail_server_that_is_away_at_the_start_is_a_warning(mail, caplog):
    mail.stop()
    Alarms("ops@example.org", mail.url, None).try_mail()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    mail.start()
