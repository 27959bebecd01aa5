"""Whoever asks to be forgotten is: everywhere, provably, and nobody else with them."""

import re

import pytest
from sqlalchemy import text

from store import removals, scrub
from store.arrival_rows import Caller
from store.copy_rows import TwilioCopy
from store.erasure_rows import Erasure, Way
from tests.conftest import ROOT
from tests.driver import CALLER
from tests.private.conftest import SECRET, SOUND, at_twilio
from workers import erasure

DIGITS = CALLER.removeprefix("+44")


def told(trusted) -> list[str]:
    """A text and a voice message with a name in them, and all that the desk wrote. References."""
    trusted.says(f"Nurse {SECRET} saw me, ring {DIGITS}")
    text = trusted.line.items()[-1].reference
    voice = trusted.rings()
    for reference in (text, voice):
        trusted.desk_writes(reference)
    return [text, voice]


def test_before_an_erasure_a_number_is_nowhere_but_sealed(trusted):
    trusted.says("The soup was cold")
    trusted.rings("the soup was cold")
    trusted.work(1)
    assert CALLER in trusted.opened()
    assert CALLER.encode() not in trusted.everything()
    assert DIGITS.encode() not in trusted.everything()
    assert SOUND[:30] not in trusted.everything()


def test_after_an_erasure_name_number_and_words_are_nowhere(trusted):
    references = told(trusted)
    trusted.work(1)
    assert SECRET.lower().encode() in trusted.everything()
    assert at_twilio(trusted.phone)
    for reference in references:
        trusted.says(f"DELETE {reference}")
    trusted.later(days=7, minutes=1)
    trusted.work(8)  # the number stays for an hour, until the text that tells of it has arrived
    assert SECRET.lower().encode() not in trusted.everything()
    assert DIGITS.encode() not in trusted.everything()
    assert SECRET not in trusted.opened()
    assert CALLER not in trusted.opened()
    assert list(trusted.room.recordings.keys(9)) == []
    assert at_twilio(trusted.phone) == []
    assert "+447700900999" in trusted.opened()
    assert at_twilio(trusted.phone, "+447700900999")
    assert [text.body for item in trusted.line.items() for text in item.texts] == [
        "The porters were lovely"
    ]


def test_each_column_that_the_data_map_calls_emptied_or_removed_is(small):
    """Filled before with something to find, and without it after: the map is no wish."""
    references, fates = told(small), emptied()
    assert [at for at in fates if not has_it(small, *at)] == []
    for reference in references:
        small.change(reference, erase_at=small.at)
    small.work(8)
    assert [at for at in fates if has_it(small, *at)] == []


def test_every_table_that_words_are_erased_from_is_scrubbed():
    assert {table for table, _ in emptied()} - set(scrub.TABLES) == set()


def emptied() -> list[tuple[str, str]]:
    """The columns of the map that hold words or numbers, by its third column's own account."""
    lines = (ROOT / "docs" / "privacy.md").read_text().split("## Data map")[1].splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
    keys = re.compile("key|which|staff$")
    return [
        (row[0].strip("`"), name)
        for row in rows
        if len(row) == 4 and row[3].startswith(("emptied", "removed")) and row[0] != "`searched`"
        if row[0] in ("`feedback`", "`callers`", "`ledger`") or not keys.search(row[2])
        for name in re.findall(r"`(\w+)`", row[1])
        if name != "by"
    ]


def has_it(small, table: str, column: str) -> bool:
    """Whether the name, or the number, stands in that column, sealed or not."""
    with small.room.database.reading() as session:
        values = session.execute(text(f'SELECT "{column}" FROM {table}')).scalars().all()
    seal = small.room.seal
    opened = [seal.open(v) if isinstance(v, bytes) and v else str(v) for v in values]
    return any(SECRET in one or CALLER in one for one in opened)


def test_a_tombstone_stays_with_its_proof(small):
    reference = told(small)[0]
    small.says(f"DELETE {reference}")
    small.later(days=8)
    small.work()
    row = small.rows(Erasure)[0]
    assert row.joined == small.room.seal.join(CALLER)
    assert (row.way, row.trouble) == (Way.TEXT, None)
    assert row.proved_at > row.erased_at > row.asked_at
    assert row.gone["texts"] >= 1
    item = small.item(reference)
    assert (item.caller_id, item.place, item.tier_reasons) == (None, None, [])
    assert (item.channel, item.themes) == ("sms", [])


def test_the_person_is_told_by_text_and_that_text_goes_too(small):
    small.says("The soup was cold")
    small.says("DELETE")
    small.later(days=8)
    small.work(2)
    assert any("erased" in words for words in small.sent())
    small.work(8)
    assert at_twilio(small.phone) == []
    assert CALLER not in small.opened()


@pytest.mark.parametrize("words", ["STOP", "My dad hits me and I am scared of him"])
def test_nobody_is_told_after_stop_or_where_it_may_not_be_safe(small, words):
    small.says("The soup was cold")
    reference = small.line.items()[-1].reference
    small.says(words)
    small.change(reference, tier=None)
    small.says(f"DELETE {reference}")
    small.change(reference, safe=False if "dad" in words else None)
    small.later(days=8)
    small.work(2)
    assert not any("erased" in words for words in small.sent())


@pytest.mark.parametrize("gone", [False, True], ids=["before", "after"])
def test_nobody_is_told_who_said_meanwhile_that_the_phone_is_not_safe(small, gone):
    for words in ("The soup was cold", "DELETE", "My carer hits me"):
        small.says(words)
    small.later(days=8)
    if gone:
        erasure.erase_due(small.room)
    small.says("No")
    small.work(2)
    assert not any("erased" in words for words in small.sent())


def test_a_stop_goes_on_counting_and_a_new_contact_makes_the_number_known_again(small):
    small.says("The soup was cold")
    small.says("DELETE")
    small.says("STOP")
    small.later(days=8)
    small.work(8)
    phone = next(row for row in small.rows(Caller) if row.joined == small.room.seal.join(CALLER))
    assert (phone.number, phone.opted_out) == (b"", True)
    assert phone.forgotten_at
    small.says("Me again")
    assert CALLER in small.opened()
    assert small.line.items()[-1].caller.opted_out


def test_what_twilio_keeps_leaves_the_erasure_unproved_and_says_why(small):
    small.says("The soup was cold")
    small.says("DELETE")
    small.later(days=8)
    real, small.room.carrier.delete = small.room.carrier.delete, lambda *_: None
    small.work(1)
    row = small.rows(Erasure)[0]
    assert row.erased_at
    assert row.proved_at is None
    small.work(1)
    assert "still has" in small.rows(Erasure)[0].trouble
    assert any("still has it" in (copy.reason or "") for copy in small.rows(TwilioCopy))
    small.room.carrier.delete = real
    small.later(days=1)
    small.work(8)
    assert small.rows(Erasure)[0].proved_at


def test_an_interrupted_erasure_goes_on(small, monkeypatch):
    reference = told(small)[1]
    small.says(f"DELETE {reference}")
    small.later(days=8)
    with monkeypatch.context() as torn:
        torn.setattr(removals, "gone", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erasure.erase_due(small.room)
    assert small.item(reference).erased_at is None
    small.work()
    assert small.item(reference).erased_at


def test_urgent_words_wait_for_the_lead(small):
    small.says(f"I want to die, {SECRET} knows")
    reference = small.line.items()[-1].reference
    small.says(f"DELETE {reference}")
    small.later(days=60)
    small.work()
    assert small.item(reference).erased_at is None
    with small.room.database.reading() as session:
        ((asked, item),) = removals.to_decide(session, 9)
    assert (item.reference, asked.way) == (reference, Way.TEXT)
    assert asked.due_at == asked.asked_at + removals.TO_DECIDE


def test_who_texts_after_an_erasure_opens_another_item(small):
    small.says("The soup was cold")
    reference = small.line.items()[-1].reference
    with small.room.database.writing() as session:
        item = session.get_one(type(small.item(reference)), small.item(reference).id)
        erasure.erase(session, small.room, item, Way.COMMAND, small.at)
    small.says("and warm")
    assert small.item(reference).texts == []
    assert small.line.items()[-1].texts[0].body == "and warm"
