"""The ways: a mail server that is up, down, hanging or refusing; a Twilio that is away; a killed
worker. Nothing is lost, and nothing is sent twice blindly."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from store import alerts, watch
from store.alert_rows import Way
from store.upkeep import Outgoing, Sending
from tests.alerts.conftest import ANN, BOB, PEOPLE, R1, Odd
from tests.catch_up.conftest import says, takes_but_says
from tests.workers.parts import until
from workers import alert_mail, alert_round, mail
from workers.alert_post import Post

ANN_BY_MAIL = {"name": "Ann", "role": "duty", "email": "ann@example.org"}


@pytest.fixture
def odd(small, request, monkeypatch):
    """Ann by mail alone, and a mail server with the answers of the parameter."""
    if None in request.param.values():  # the others answer, but maybe not at once
        monkeypatch.setattr(mail, "PATIENCE", 0.3)
    running = Odd(**request.param)
    small.rota(ANN_BY_MAIL, PEOPLE[1])
    small.furnish(settings=replace(small.room.settings, smtp_url=running.url))
    small.say(R1)
    small.goes_on()
    small.odd = running
    yield small
    running.stop()


def letters(duty):
    return [row for row in duty.messages() if row.way is Way.MAIL]


def test_a_mail_that_was_taken_is_sent_and_no_more_to_do(small):
    small.say(R1)
    small.goes_on()
    small.goes_on()

    assert [(row.state, row.due_at) for row in letters(small)] == [(Sending.SENT, None)]
    assert len(small.mail.letters) == 1


def test_a_mail_server_that_was_down_gets_the_mail_once_it_is_up(duty):
    duty.mail.stop()
    duty.say(R1)
    duty.goes_on()
    assert duty.texted() == [ANN]
    assert letters(duty)[0].reason == "The mail server cannot be used (ConnectionRefusedError)."
    duty.mail.start()
    duty.later(seconds=21)
    duty.goes_on()

    assert duty.mailed() == ["ann@example.org"]


def test_mails_and_alerts_that_nobody_takes_up_are_counted_as_stuck(small):
    small.rota(ANN_BY_MAIL)
    small.say(R1)
    alert_round.advance(small.room)  # and no postman comes
    assert stuck(small) == 0
    small.later(minutes=16)

    assert stuck(small) == 2


def stuck(duty):
    with duty.room.database.reading() as session:
        return watch.overdue(session, duty.at - timedelta(minutes=5))


def test_while_the_mail_server_is_down_the_next_person_is_told_all_the_same(small):
    small.rota(ANN_BY_MAIL, PEOPLE[1])
    small.mail.stop()
    small.say(R1)
    small.goes_on()
    small.pass_by(10)
    small.mail.start()

    assert small.texted() == [BOB]


@pytest.mark.parametrize("odd", [{"EHLO": None}, {"DATA": None}], indirect=True)
def test_a_mail_server_that_hangs_is_left_and_tried_again(odd):
    row = letters(odd)[0]

    assert row.state in (Sending.DUE, Sending.UNKNOWN)
    assert row.due_at > odd.at


@pytest.mark.parametrize("odd", [{"RCPT": "550 no such person"}], indirect=True)
def test_an_address_that_is_refused_passes_the_alert_on_at_once(odd):
    odd.goes_on()

    assert letters(odd)[0].reason == "The mail server refused the address (550)."
    assert odd.texted() == [BOB]


@pytest.mark.parametrize("odd", [{"RCPT": "451 later"}, {"MAIL": "550 not you"}], indirect=True)
def test_a_mail_server_that_is_out_of_order_is_tried_again(odd):
    assert letters(odd)[0].state is Sending.DUE
    assert odd.texted() == []


@pytest.mark.parametrize(
    "odd", [{"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "235 ok"}], indirect=True
)
def test_a_password_that_cannot_be_sent_is_a_reason_and_not_the_end_of_the_post(odd):
    server = odd.odd.url.replace("//", "//line:p%C3%A4ss@")
    odd.furnish(settings=replace(odd.room.settings, smtp_url=server))
    odd.say(R1, frm="+447700900888")
    odd.goes_on()

    assert letters(odd)[-1].reason == "The mail server cannot be used (SMTPAuthenticationError)."


def test_an_address_that_no_mail_can_go_to_passes_the_alert_on_at_once(small):
    small.rota({**ANN_BY_MAIL, "email": "änn@example.org"}, PEOPLE[1])
    small.say(R1)
    small.goes_on()
    small.goes_on()

    assert letters(small)[0].reason == "The mail server takes no address with such letters."
    assert small.texted() == [BOB]


def test_one_mail_that_nobody_foresaw_holds_up_no_other(small, monkeypatch):
    def odd(room, number):
        if number == min(row.id for row in letters(small)):
            raise TypeError("nobody foresaw it")
        return well(room, number)

    well = alert_mail.send
    monkeypatch.setattr(alert_mail, "send", odd)
    small.say(R1)
    small.say(R1, frm="+447700900888")
    small.goes_on()

    assert [row.state for row in letters(small)] == [Sending.DUE, Sending.SENT]


def test_a_mail_may_go_again_after_a_kill_and_is_then_the_same_mail(small, monkeypatch):
    """Killed after the server took it: its receiver's mail server shows one Message-ID once."""
    small.say(R1)
    alert_round.advance(small.room)
    monkeypatch.setattr(alert_mail.alert_messages, "settle", _killed)
    with pytest.raises(KeyboardInterrupt):
        Post(small.room).mails()
    monkeypatch.undo()
    Post(small.room).mails()
    assert len(small.mail.letters) == 1  # somebody else may still have it in hand
    small.later(minutes=3)
    Post(small.room).mails()

    first, second = small.mail.letters
    assert _id(first) == _id(second)
    assert letters(small)[0].state is Sending.SENT


def test_a_text_goes_once_although_twilio_was_unclear(small):
    small.twilio.oddly.append(("POST", takes_but_says("500 ERROR")))
    small.say(R1)
    small.goes_on()
    small.pass_by(5)

    assert small.texted() == [ANN]
    assert small.rows(Outgoing)[0].state is Sending.SENT


def test_a_text_that_may_have_gone_goes_no_second_time_once_somebody_has_the_alert(small):
    small.rota(PEOPLE[1], ANN_BY_MAIL)
    small.twilio.oddly.append(("POST", says("500 ERROR")))
    small.say(R1)
    small.goes_on()
    small.pass_by(1)
    with small.room.database.writing() as session:
        (alert,) = alerts.unacknowledged(session)
        alerts.acknowledge(session, alert, "Lea", alerts.How.DESK, small.at)
    small.pass_by(5)

    assert small.texted() == []
    assert small.rows(Outgoing)[0].reason == alerts.TAKEN


def test_a_text_waits_for_a_twilio_that_is_away(small):
    small.twilio.oddly += [("POST", says("429 TOO MANY"))] * 2
    small.say(R1)
    small.goes_on()
    assert small.texted() == []
    small.pass_by(3)

    assert small.texted() == [ANN]


def test_a_clock_killed_between_the_rows_and_the_post_loses_nothing(small):
    small.say(R1)
    alert_round.advance(small.room)  # and here it is killed
    assert small.texted() == []
    small.later(minutes=1)
    small.goes_on()

    assert (small.texted(), small.mailed()) == ([ANN], ["ann@example.org"])


def test_two_clocks_at_once_tell_each_person_once(duty):
    duty.say(R1)
    rounds = [threading.Thread(target=duty.goes_on) for _ in range(4)]
    for one in rounds:
        one.start()
    for one in rounds:
        one.join()

    assert (duty.texted(), duty.mailed()) == ([ANN], ["ann@example.org"])
    assert len(duty.messages()) == 2


def test_two_clocks_at_once_pass_a_refused_text_on_to_one_person(duty):
    duty.twilio.oddly.append(("POST", says("400 BAD", b'{"code": 21211}')))
    duty.rota(*({**person, "email": None} for person in PEOPLE))
    duty.say(R1)
    duty.goes_on()
    rounds = [threading.Thread(target=duty.goes_on) for _ in range(4)]
    for one in rounds:
        one.start()
    for one in rounds:
        one.join()

    assert duty.texted() == [BOB]
    assert [row.person for row in duty.messages()] == ["Ann", "Bob"]


def test_alerts_go_on_while_the_sweep_is_held_up(small):
    small.say(R1)
    with beside(small):  # no sweep comes
        until(lambda: small.texted() == [ANN])


def test_a_round_of_the_alerts_that_broke_off_is_not_the_last(small, monkeypatch):
    def odd(room):
        rounds.append(room)
        if len(rounds) == 1:
            raise TypeError("nobody foresaw it")
        return well(room)

    rounds, well = [], alert_round.advance
    monkeypatch.setattr(alert_round, "advance", odd)
    small.say(R1)
    with beside(small):
        until(lambda: small.texted() == [ANN])


@contextmanager
def beside(duty):
    """What runs beside the clock, for a while."""
    over, mine = threading.Event(), threading.Event()
    mine.set()
    Post(duty.room, every=0.05).start(over, mine)
    try:
        yield
    finally:
        over.set()


def test_a_text_that_the_network_lost_passes_the_alert_on(small):
    small.rota(PEOPLE[1], PEOPLE[0])
    small.say(R1)
    small.goes_on()
    sid = small.rows(Outgoing)[0].sid
    small.line.post("/sms/status", MessageSid=sid, MessageStatus="undelivered", ErrorCode="30003")
    small.goes_on()

    assert small.texted() == [BOB, ANN]


def test_a_mail_without_a_server_says_so(small):
    small.rota(ANN_BY_MAIL, PEOPLE[1])
    small.furnish(settings=replace(small.room.settings, smtp_url=None))
    small.say(R1)
    small.goes_on()
    small.goes_on()

    assert letters(small)[0].reason == "SMTP_URL is not set."
    assert small.texted() == [BOB]


def test_numbers_and_addresses_of_colleagues_are_in_no_log(small, caplog):
    small.mail.stop()
    small.twilio.oddly.append(("POST", says("400 BAD", b'{"code": 21211}')))
    with caplog.at_level("DEBUG", logger="workers"):
        small.say(R1)
        small.goes_on()
        small.pass_by(60, 10)
    small.mail.start()

    assert not any(said in caplog.text for said in ("7700900", "example.org", "Ann"))


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def _id(letter: str) -> str:
    return letter.partition("Message-ID: ")[2].split()[0]
