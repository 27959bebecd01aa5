"""The database is away: a text is on this host's disk before its answer, and comes back once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from store.alert_rows import Alert
from store.alerts import Why
from tests.driver import CALLER, NUMBER
from tests.handlers.rows import ledger, rows

# So long that none of it stands in a sealed text by chance.
SHOWN = (b"7700900123", b"conservatory", b"MessageSid", b"SM-sid")


def bodies(line):
    return [text.body for item in line.items() for text in item.texts]


def test_a_text_is_thanked_without_reference_or_question_and_comes_back_at_its_own_time(line):
    before = datetime.now(UTC)
    with line.away():
        reply = line.text("The ward was cold")
        after = datetime.now(UTC)
    line.caught_up()

    assert "thank you, we have that" in reply
    assert "999" in reply
    assert "111" in reply
    assert "Ref" not in reply
    assert "?" not in reply
    (item,) = line.items()
    assert bodies(line) == ["The ward was cold"]
    assert before <= item.texts[0].received_at <= after
    assert line.files() == []


def test_what_lies_on_the_disk_shows_no_number_and_no_word(line):
    with line.away():
        line.text("The conservatory was cold", sid="SM-sid-of-this-text")
        (file,) = line.files()
        seen = file.name.encode() + file.read_bytes()

        assert not any(part in seen for part in SHOWN)
        assert file.parent.stat().st_mode & 0o777 == 0o700
        assert file.stat().st_mode & 0o777 == 0o600


def test_texts_come_back_in_the_order_in_which_they_came(line):
    line.text("one: the ward was cold")
    said = [f"{n}: and there is more to tell" for n in ("two", "three", "four", "five")]
    with line.away():
        for body in said:
            line.text(body)
    line.caught_up()

    assert bodies(line) == ["one: the ward was cold", *said]


def test_a_text_that_comes_again_gets_the_same_answer_and_is_kept_once(line):
    with line.away():
        replies = {line.text("The ward was cold", sid="SM1") for _ in range(3)}
        assert len(line.files()) == 1
    line.caught_up()
    again = line.text("The ward was cold", sid="SM1")

    assert replies == {again}
    assert rows(line)["texts"] == 1


def test_nothing_overtakes_what_waits_though_the_database_is_back(line):
    with line.away():
        line.text("first: the ward was cold")
    with line.spool.mine():
        line.text("second: and nobody came")
        assert len(line.files()) == 2
    line.caught_up()

    assert bodies(line) == ["first: the ward was cold", "second: and nobody came"]


def test_no_question_is_open_after_a_text_whose_answer_asked_none(line):
    with line.away():
        line.text("The ward was cold")
    line.caught_up()
    line.text("2")

    assert line.items()[0].service is None


def test_words_of_crisis_are_answered_with_help_once_an_hour_and_then_with_a_short_word(line):
    with line.away():
        line.text("The ward was cold")
        replies = [line.text("I am going to kill myself") for _ in range(3)]
    line.caught_up()

    assert "Samaritans" in replies[0]
    assert "85258" in replies[0]
    assert replies[1:] == [None, None]
    assert line.items()[0].tier == "R1"
    assert "85258" not in (line.text("I am going to kill myself") or "")


def test_a_child_in_crisis_hears_of_childline_though_the_database_is_away(line):
    with line.away():
        reply = line.text("I'm 13 and I want to die")
    line.caught_up()

    assert "Childline 0800 1111" in reply
    assert line.items()[0].signals == ["child"]


def test_a_crisis_reply_of_those_hours_that_does_not_arrive_alerts_the_rota(line):
    with line.away():
        line.text("I want to die", sid="SM1")
        line.post("/sms/status/SM1", MessageSid="SM9", MessageStatus="undelivered")
    line.caught_up()

    with line.house.database.reading() as session:
        assert Why.UNANSWERED in session.scalars(select(Alert.why)).all()


def test_words_of_crisis_that_waited_on_the_disk_were_not_seen_by_who_looked_meanwhile(line):
    with line.away():
        line.text("I want to die")
        brought_back = datetime.now(UTC)
    line.caught_up()

    with line.house.database.reading() as session:
        assert session.scalars(select(Alert.opened_at)).one() >= brought_back


def test_words_of_abuse_are_thanked_and_what_was_not_asked_is_not_answered(line):
    with line.away():
        reply = line.text("my carer hits me")
    line.caught_up()
    line.text("1")

    assert reply.startswith("Thank you. A person will read this first")
    assert "?" not in reply
    assert (line.items()[0].tier, line.items()[0].safe) == ("R2", None)
    assert line.items()[0].service is None


def test_one_phone_gets_twelve_replies_an_hour_and_all_that_it_says_is_kept(line):
    with line.away():
        replies = [line.text(f"part {n} of a long story about the ward") for n in range(15)]
    line.caught_up()

    assert [reply is not None for reply in replies] == [True] * 12 + [False] * 3
    assert len(bodies(line)) == 15
    assert sum(ledger(line, "replies")) == 12
    assert line.text("And one more thing about the ward") is None


def test_stop_is_silent_and_counts_at_once_and_start_undoes_it(line):
    with line.away():
        replies = [line.text(body) for body in ("STOP", "The ward was cold", "START", "It was")]
    line.caught_up()

    assert [reply is not None for reply in replies] == [False, False, False, True]
    assert not line.items()[0].caller.opted_out


@pytest.mark.parametrize("body", ["HELP", "PRIVACY", "ADVICE", "Hello"])
def test_what_needs_no_row_is_answered_as_ever(line, body):
    as_ever = line.text(body, frm="+447700900999")
    with line.away():
        assert line.text(body) == as_ever


@pytest.mark.parametrize("body", ["DELETE", "KEEP", "NEW"])
def test_what_needs_its_rows_is_kept_and_not_answered(line, body):
    with line.away():
        assert line.text(body) is None
    line.caught_up()
    assert rows(line)["ledger"] == 1


@pytest.mark.parametrize("frm", ["65000", "BANK", ""])
def test_nobody_who_cannot_read_a_reply_gets_one(line, frm):
    with line.away():
        assert line.text("Your code is 1234", frm=frm) is None
    line.caught_up()
    assert rows(line)["ledger"] == 1


def test_the_word_on_a_text_of_ours_is_taken_in_silence(line):
    with line.away():
        answer = line.post("/sms/status", MessageSid="SM9", MessageStatus="delivered", To=CALLER)
    line.caught_up()

    assert (answer.status_code, answer.text.count("<Message")) == (200, 0)
    assert ledger(line, "turn") == ["delivered"]


def test_a_text_that_neither_can_keep_is_refused_so_that_twilio_asks_the_fallback(line, tmp_path):
    (tmp_path / "spool").write_text("no folder")
    fields = {"MessageSid": "SM1", "From": CALLER, "To": NUMBER, "Body": "The ward was cold"}
    with line.away():
        refused = line.post("/sms", **fields)
        fallback = line.post("/sms/fallback", **fields)
    kept = line.post("/sms", **fields)

    assert [a.status_code for a in (refused, fallback, kept)] == [503, 200, 200]
    assert line.app.extensions["heard.shelter"].lost == 2
    assert rows(line)["texts"] == 1


def test_an_entry_that_fails_three_times_is_set_aside_and_the_rest_goes_on(line, caplog):
    with line.away():
        with line.spool.adding():
            nonsense = {"kind": "nonsense", "sid": "x", "turn": "", "at": "2026-11-01T00:00:00Z"}
            line.spool.put({**nonsense, "fields": []}, "0" * 16, "1" * 16, "n")
        line.text("The ward was cold")
    line.caught_up()

    assert bodies(line) == ["The ward was cold"]
    assert [file.suffix for file in line.files()] == [".aside"]
    assert line.spool.aside.count() == 1
    assert "try 3: KeyError" in caplog.text


def test_an_entry_that_another_version_wrote_is_set_aside_and_the_rest_goes_on(line, caplog):
    with line.away():
        with line.spool.adding():
            line.spool.put({"kind": "text", "of": "tomorrow"}, "0" * 16, "1" * 16, "n")
        line.text("The ward was cold")
    line.caught_up()

    assert bodies(line) == ["The ward was cold"]
    assert [file.suffix for file in line.files()] == [".aside"]
    assert "another shape" in caplog.text


def test_what_was_set_aside_goes_after_its_days_where_nothing_waits_either(line):
    with line.away():
        line.text("The ward was cold")
        (waits,) = line.files()
    old = waits.with_name(f"{0:020}{waits.name[20:]}").with_suffix(".aside")
    waits.rename(old)
    line.replay.tidy()

    assert line.files() == []


def test_what_no_key_opens_is_set_aside_and_what_was_half_written_is_mended_or_gone(line):
    with line.away():
        line.text("The ward was cold")
        (whole,) = line.files()
        half = whole.with_suffix(".half")
        whole.rename(half)
        half.with_name(f"1{half.name[1:]}").write_bytes(half.read_bytes()[:50])
        whole.with_name(f"2{whole.name[1:]}").write_bytes(b"of another key")
    line.caught_up()

    assert bodies(line) == ["The ward was cold"]
    assert [file.suffix for file in line.files()] == [".aside"]


def test_an_error_of_our_own_is_no_outage_and_is_seen(line):
    with line.house.database.writing() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER wrong BEFORE INSERT ON texts BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    fields = {"MessageSid": "SM1", "From": CALLER, "To": NUMBER, "Body": "The ward was cold"}

    assert line.post("/sms", **fields).status_code == 500
    assert not line.spool.waiting()


def test_a_phone_that_asks_for_silence_gets_it_though_the_database_is_away(line):
    told = "please dont text back, my carer hits me and he reads my phone"
    with line.away():
        bodies = [told, "no he reads my phone", "hes here", "dont text me he is back"]
        replies = [line.text(body) for body in bodies]
        cry = line.text("I want to die")
    line.caught_up()

    assert replies == [None] * 4
    assert cry.startswith("You matter")
    assert {item.safe for item in line.items()} == {False}


def test_a_phone_that_turns_out_to_be_watched_is_left_alone(line):
    with line.away():
        replies = [line.text(body) for body in ("my carer hits me", "he reads my phone", "hello")]

    assert "first when we open" in replies[0]
    assert replies[1:] == [None, None]


def test_words_after_abuse_name_us_no_more_than_it_did_and_start_ends_the_silence(line):
    with line.away():
        replies = [line.text(body) for body in ("my carer hits me", "she does it every day")]
        line.text("dont text me")
        line.text("START")
        again = line.text("HELP")

    assert "Because We All Care" not in replies[0]
    assert replies[1] is None
    assert "In danger" in again
