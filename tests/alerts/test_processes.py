"""A real clock with a real mail server and a real web of Twilio, and a queue that is away."""

import os
import shutil
import signal
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from store.alert_rows import AlertMessage
from store.upkeep import Outgoing, Sending
from tests.alerts.conftest import ANN, R1, Odd
from tests.catch_up.conftest import takes_but_dawdles
from tests.conftest import ROOT
from tests.workers.parts import family, process, quick, until

pytestmark = pytest.mark.xdist_group("processes")

ROTA = f"""
[[rota.people]]
name = "Ann"
role = "lead"
phone = "{ANN}"
email = "ann@example.org"
"""
CLOCK = (
    "from workers.alert_post import Post\n"
    "clock.run(room, Bell(settings.redis_url), every=0.3, post=Post(room, every=0.2))"
)

# The mail is waited for longer than the test waits for the text.
PATIENT = "import workers.mail\nworkers.mail.PATIENCE = 300\n"


@pytest.fixture
def environ(environ, twilio, mail, tmp_path):
    """Settings of a line whose queue is away, with a rota of one and no test alert.

    The clock of these tests is the machine's own: at ten on a Monday it would send one.
    """
    folder = tmp_path / "script"
    shutil.copytree(ROOT / "script", folder)
    words = (folder / "line.toml").read_text()
    sender = '# sender = "+441214960000"'
    daily = 'test = "10:00"'
    assert sender in words
    assert daily in words
    words = words.replace(sender, sender[2:]).replace(daily, f"# {daily}")
    (folder / "line.toml").write_text(words + ROTA)
    away = {"REDIS_URL": f"unix://{tmp_path}/nothing"}
    return {
        **environ,
        **away,
        "TWILIO_API_URL": twilio.url,
        "SMTP_URL": mail.url,
        "HEARD_SCRIPT": str(folder),
    }


def states(duty):
    with duty.room.database.reading() as session:
        mails = session.scalars(select(AlertMessage.state).where(AlertMessage.state.is_not(None)))
        return [*session.scalars(select(Outgoing.state)), *mails]


def crisis(duty):
    duty.at = datetime.now(UTC)
    duty.say(R1)


def test_the_clock_of_the_procfile_sends_alerts_without_a_queue_or_a_worker(small):
    crisis(small)
    with process(small.line.environ, "-m", "workers", "clock"):
        until(lambda: small.texted() == [ANN])
        until(lambda: small.mailed() == ["ann@example.org"])


def test_a_clock_that_is_killed_with_a_text_in_hand_sends_it_no_second_time(small):
    small.twilio.oddly.append(("POST", takes_but_dawdles(20)))
    crisis(small)
    with quick(small.line.environ, CLOCK) as killed:
        until(small.texted)
        for number in family(killed.pid):
            os.kill(number, signal.SIGKILL)
    assert Sending.UNKNOWN in states(small)
    small.later(minutes=3)
    small.goes_on()

    assert small.texted() == [ANN]
    assert states(small)[0] is Sending.SENT


def test_a_text_is_not_held_up_by_a_mail_server_that_hangs(small):
    hanging = Odd(EHLO=None)
    crisis(small)
    with quick({**small.line.environ, "SMTP_URL": hanging.url}, CLOCK, PATIENT):
        until(lambda: hanging.heard)
        until(lambda: small.texted() == [ANN])
    hanging.stop()

    assert states(small)[1] is Sending.UNKNOWN
