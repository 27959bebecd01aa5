"""What lies in a web host's spool is seen, and forgotten, from the host of the clock."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from store.arrival_rows import Caller
from store.queue import Bell
from tests.driver import CALLER
from tests.shelter.spooled import Sheltered
from workers.watch import judge, look

OTHER = "+447700900999"


@pytest.fixture
def host(small, tmp_path):
    """A web host of the same line, with a spool of its own."""
    environ = {**small.line.environ, "SPOOL_FOLDER": f"{tmp_path}/of-a-web-host"}
    with Sheltered(environ) as opened:
        yield opened


def set_aside(host, *phones):
    """A text of each phone that came while the database was away, and could not be taken in."""
    with host.away():
        for phone in phones:
            host.text("The ward was cold", frm=phone)
    host.replay.stop()
    for name, _ in host.spool.entries():
        host.spool.aside.put(name)


def incidents(small):
    small.room.database.engine.dispose()
    return judge(look(small.room, Bell(None)))


def test_what_waits_in_the_spool_of_a_web_host_is_an_incident_after_five_minutes(small, host):
    with host.away():
        host.text("The ward was cold")
    host.replay.stop()
    host.replay.tell()
    assert "spool" not in incidents(small)
    small.later(minutes=6)
    assert "spool" in incidents(small)


def test_what_a_web_host_set_aside_is_an_incident(small, host):
    set_aside(host, CALLER, OTHER)
    host.replay.tell()
    assert incidents(small)["spool aside"].startswith("2 spooled arrivals")


def test_of_a_phone_that_is_forgotten_nothing_is_left_that_a_web_host_set_aside(small, host):
    host.text("The nurse was kind")
    host.text("The nurse was kind", frm=OTHER)
    set_aside(host, CALLER, OTHER)
    theirs = Caller.joined == host.house.seal.join(CALLER)
    with small.room.database.writing() as session:
        session.execute(update(Caller).where(theirs).values(forgotten_at=datetime.now(UTC)))
    host.replay.tell()
    assert host.spool.aside.phones() == {host.house.seal.join(OTHER)[:16]}
