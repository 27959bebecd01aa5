"""`forget`: an operator erases one item or a whole phone, and gets the proof."""

from datetime import UTC, datetime

from commands.forget import forget
from store.arrival_rows import Caller
from store.upkeep import Outgoing
from tests.commands.conftest import run  # noqa: F401 (fixture)
from tests.driver import CALLER, NUMBER
from tests.private.conftest import SECRET, at_twilio
from workers.forgetting import WAITS


def at_its_twilio(small, monkeypatch):
    monkeypatch.setenv("TWILIO_API_URL", small.twilio.url)


def test_a_phone_is_forgotten_at_once_and_the_proof_is_printed(small, run, monkeypatch):  # noqa: F811
    at_its_twilio(small, monkeypatch)
    small.says(f"Nurse {SECRET} saw me")
    text = small.line.items()[-1].reference
    small.desk_writes(small.rings())
    small.says("HELP", frm="+447700900888")
    small.work(1)
    done = run(forget, "07700 900123")
    assert done.exit_code == 0, done.output
    assert done.output.count("proved: nothing of it is left") == 2
    assert f"{text[:4]}-{text[4:]}: erased 1 texts" in done.output
    assert "the number is gone" in done.output
    assert CALLER not in done.output
    assert SECRET.lower().encode() not in small.everything()
    assert CALLER not in small.opened()
    assert at_twilio(small.phone) == []
    assert "The porters" in small.opened()


def test_whoever_runs_it_again_is_shown_the_proof_of_what_went_before(small, run, monkeypatch):  # noqa: F811
    at_its_twilio(small, monkeypatch)
    small.says("The soup was cold")
    text = small.line.items()[-1].reference
    neighbour = small.line.items()[0].reference
    with monkeypatch.context() as away:
        away.setenv("TWILIO_API_URL", "http://127.0.0.1:9")
        assert "Run this again" in run(forget, CALLER).output
    for _ in range(2):
        done = run(forget, CALLER)
        assert done.exit_code == 0, done.output
        assert f"{text[:4]}-{text[4:]}: erased 1 texts" in done.output
        assert done.output.count("proved: nothing of it is left") == 1
        assert neighbour[:4] not in done.output


def test_an_item_is_forgotten_by_its_reference_and_its_phones_others_stay(small, run, monkeypatch):  # noqa: F811
    at_its_twilio(small, monkeypatch)
    small.says(f"Nurse {SECRET} saw me")
    reference = small.line.items()[-1].reference
    small.says("NEW")
    small.says("Another place was warm and clean and everybody there was kind to my mother too")
    done = run(forget, f"{reference[:4]}-{reference[4:]}".lower())
    assert done.exit_code == 0, done.output
    assert [len(item.texts) for item in small.line.items()][-2:] == [0, 1]
    assert CALLER in small.opened()
    assert SECRET.lower().encode() not in small.everything()


def test_urgent_items_go_to_the_lead_and_keep_the_number(small, run, monkeypatch):  # noqa: F811
    at_its_twilio(small, monkeypatch)
    small.says("I want to die")
    done = run(forget, "-", given=f"{CALLER}\n".encode())
    assert "It waits for the safeguarding lead" in done.output
    assert "the number stays" in done.output
    assert small.line.items()[-1].texts
    assert done.exit_code == 0


def test_what_twilio_will_not_delete_is_said_and_ends_with_1(small, run, monkeypatch):  # noqa: F811
    monkeypatch.setenv("TWILIO_API_URL", "http://127.0.0.1:9")
    small.says("The soup was cold")
    done = run(forget, CALLER)
    assert done.exit_code == 1
    assert "NOT YET PROVED: Twilio" in done.output
    assert all(row.number for row in small.rows(Caller))


def test_nobody_known_is_one_line(small, run, monkeypatch):  # noqa: F811
    at_its_twilio(small, monkeypatch)
    for unknown in ("+447700900555", "K7RW-3X2", "nobody"):
        done = run(forget, unknown)
        assert done.exit_code == 1
        assert "nothing is known of that" in done.output


def test_a_number_that_is_still_there_is_said_and_ends_with_1(small, run, monkeypatch):  # noqa: F811
    monkeypatch.setenv("TWILIO_API_URL", "http://127.0.0.1:9")
    small.says("HELP")
    done = run(forget, CALLER)
    assert done.exit_code == 1
    assert "the number is NOT gone yet: Twilio" in done.output
    assert "The sweep goes on. Run this again." in done.output
    assert CALLER in small.opened()


def test_a_number_waits_for_a_text_that_is_on_its_way_and_that_is_said(small, run, monkeypatch):  # noqa: F811
    at_its_twilio(small, monkeypatch)
    small.says("HELP")
    caller = next(
        row.id for row in small.rows(Caller) if row.joined == small.room.seal.join(CALLER)
    )
    with small.room.database.writing() as session:
        out = {"key": "k", "sender": NUMBER, "body": "Thank you", "sid": "SMo", "state": "sent"}
        session.add(Outgoing(caller_id=caller, made_at=small.at, **out))
    done = run(forget, CALLER)
    assert done.exit_code == 1
    assert f"the number is NOT gone yet: {WAITS}" in done.output


def test_a_phone_that_waited_for_our_last_text_goes_when_that_has_arrived(small, run, monkeypatch):  # noqa: F811
    at_its_twilio(small, monkeypatch)
    small.says("The soup was cold")
    reference = small.line.items()[-1].reference
    run(forget, reference)
    with small.room.database.writing() as session:
        phone = session.query(Caller).filter_by(joined=small.room.seal.join(CALLER)).one()
        out = {"key": "k", "sender": NUMBER, "body": "We have erased it", "state": "sent"}
        out |= {"caller_id": phone.id, "sid": "SMo", "made_at": datetime.now(UTC)}
        session.add(text := Outgoing(**out))
    assert WAITS in run(forget, reference).output
    with small.room.database.writing() as session:
        session.merge(text).delivery = "delivered"
    done = run(forget, reference)
    assert done.exit_code == 0, done.output
    assert "proved: nothing of it is left" in done.output
    assert CALLER not in small.opened()


def test_a_number_that_is_gone_already_is_no_trouble(small, run, monkeypatch):  # noqa: F811
    at_its_twilio(small, monkeypatch)
    small.says("HELP")
    run(forget, CALLER)
    done = run(forget, CALLER)
    assert done.exit_code == 0, done.output
    assert "NOT gone" not in done.output
