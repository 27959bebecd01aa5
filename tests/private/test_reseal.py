"""A new key takes the old one's place while the line runs; nothing is lost, nothing comes back."""

import base64

import pytest
from sqlalchemy import LargeBinary, select

from commands.reseal import reseal as command
from store import reseal
from store.arrival_rows import Caller
from store.columns import Base
from store.models import Recording
from store.recordings import Recordings
from store.seal import CannotOpen, Seal
from store.spool import Spool
from tests.commands.conftest import run  # noqa: F401 (fixture)
from tests.conftest import KEY
from tests.driver import CALLER
from tests.private.conftest import SOUND

NEW = base64.urlsafe_b64encode(b"n" * 32).decode()


def quiet(_what: str, _more: int) -> None:
    pass


@pytest.fixture
def told(trusted):
    trusted.says("The soup was cold")
    trusted.rings()
    return trusted


def test_every_column_of_bytes_is_one_that_is_sealed_anew():
    sealed = {(model.__tablename__, name) for model, name in reseal.SEALED}
    there = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert there == sealed


def test_afterwards_the_new_key_alone_opens_everything(told):
    both, url = Seal([NEW, KEY], KEY), told.line.environ["RECORDINGS_URL"]
    audio = Recordings(url, both)
    assert reseal.rows(told.room.database, both, quiet).new > 4
    assert reseal.sounds(told.room.database, audio, both, quiet).new == 1
    alone = Seal([NEW], KEY)
    with told.room.database.reading() as session:
        numbers = [alone.open(row.number) for row in session.scalars(select(Caller))]
        (key,) = session.scalars(select(Recording.audio_key)).all()
    assert CALLER in numbers
    assert Recordings(url, alone).open(key).read() == SOUND
    assert alone.join(CALLER) == told.room.seal.join(CALLER)
    again = reseal.rows(told.room.database, both, quiet)
    assert (again.old, again.new, again.lost) == (0, 0, 0)


def test_the_command_goes_on_until_nothing_needs_the_old_key(small, run, monkeypatch):  # noqa: F811
    small.says("The soup was cold")
    small.rings()
    spool = Spool(small.folder / "spool", Seal([KEY], KEY))
    with spool.adding():
        spool.put({"a": 1}, "0" * 16, "1" * 16, "x")
    monkeypatch.setenv("SEALING_KEYS", f"{NEW},{KEY}")
    done = run(command)
    assert done.exit_code == 0, done.output
    assert "nothing needs an older key" in done.output
    ((name, entry),) = Spool(small.folder / "spool", Seal([NEW], KEY)).entries()
    assert entry == {"a": 1}
    spool.done(name)  # while something waits there, what comes goes there too
    small.says("Somebody still writes with the old key")
    counted = reseal.rows(small.room.database, Seal([NEW, KEY], KEY), quiet, change=False)
    assert (counted.old, counted.new) == (1, 0)


def test_without_the_old_key_the_command_says_what_is_lost(small, run, monkeypatch):  # noqa: F811
    monkeypatch.setenv("SEALING_KEYS", NEW)
    done = run(command)
    assert done.exit_code == 1
    assert "put the key that sealed them back" in done.output


def test_what_is_erased_while_it_is_sealed_anew_does_not_come_back(small, monkeypatch):
    small.rings()
    audio = Recordings(small.line.environ["RECORDINGS_URL"], Seal([NEW, KEY], KEY))
    real = audio.replace

    def erased_meanwhile(key: str, sound: bytes) -> None:
        real(key, sound)
        with small.room.database.writing() as session:
            session.scalars(select(Recording)).one().audio_key = None

    monkeypatch.setattr(audio, "replace", erased_meanwhile)
    reseal.sounds(small.room.database, audio, Seal([NEW, KEY], KEY), quiet)
    assert list(audio.keys(9)) == []


def test_who_listens_while_it_is_sealed_anew_hears_it_to_the_end(small):
    url = small.line.environ["RECORDINGS_URL"]
    both = Seal([NEW, KEY], KEY)
    long = SOUND * 100
    Recordings(url, Seal([KEY], KEY)).put("long", long)
    heard = Recordings(url, both).open("long")
    begun = heard.read(70_000)
    Recordings(url, both).replace("long", long)
    assert begun + heard.readall() == long
    with pytest.raises(CannotOpen):
        Recordings(url, Seal([KEY], KEY)).open("long")
