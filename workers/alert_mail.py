"""Mails of alerts: each claimed before it is posted; a server that is away is tried again."""

import smtplib
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

from store import alert_messages, alerts
from store.alert_rows import Alert, AlertMessage
from store.upkeep import Sending
from workers import alert_round, alert_words
from workers.mail import sender, server
from workers.room import Room

MOST_TRIES = 20
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=20), timedelta(minutes=10)


class Refused(Exception):
    """The mail server will not take this for this person, now or later."""


class NotTaken(Exception):
    """Surely not sent: it may be tried again."""


class Unsure(Exception):
    """The server may have it, or may not."""


@dataclass(frozen=True)
class Posted:
    """One mail in hand."""

    number: int
    attempts: int
    url: str
    message: EmailMessage


def send(room: Room, number: int) -> None:
    """Post one mail of an alert, if somebody still has to be told."""
    mail = _taken(room, number)
    if mail is None:
        return
    try:
        post(mail.url, mail.message)
    except Refused as why:
        _settle(room, number, Sending.FAILED, f"{why}.")
    except (NotTaken, Unsure) as why:
        _again(room, mail, why)
    else:
        with room.database.writing() as session:
            alert_messages.settle(session, number, Sending.SENT, sent_at=room.now())


def post(url: str, message: EmailMessage) -> None:
    """Hand one letter to the mail server. Raises Refused, NotTaken or Unsure."""
    try:
        there = server(url)
    except (OSError, smtplib.SMTPException) as why:
        raise NotTaken(f"The mail server cannot be used ({type(why).__name__})") from None
    try:
        there.send_message(message)
    except smtplib.SMTPRecipientsRefused as why:
        code = max(code for code, _ in why.recipients.values())
        kind = Refused if code >= 500 else NotTaken
        raise kind(f"The mail server refused the address ({code})") from None
    except smtplib.SMTPNotSupportedError:
        raise Refused("The mail server takes no address with such letters") from None
    except smtplib.SMTPResponseException as why:
        raise NotTaken(f"The mail server answered {why.smtp_code}") from None
    except (OSError, smtplib.SMTPException) as why:
        raise Unsure(f"It may have been sent ({type(why).__name__})") from None
    finally:
        there.close()


def _taken(room: Room, number: int) -> Posted | None:
    with room.database.writing() as session:
        row = alert_messages.claim(session, number, room.now())
        if row is None:
            return None
        alert = session.get_one(Alert, row.alert_id)
        to, why = _address(room, row), None
        url = room.settings.smtp_url
        if alert.acknowledged_at:
            why = alerts.TAKEN
        elif row.attempts > MOST_TRIES:
            why = f"After {MOST_TRIES} tries: {row.reason or 'the program stopped on it.'}"
        elif to is None or url is None:
            why = "This person is no longer on the rota." if to is None else "SMTP_URL is not set."
        if why or to is None or url is None:
            alert_messages.settle(session, number, Sending.FAILED, reason=why)
            return None
        told = alert_round.call(session, room, alert, row.token)
        return Posted(number, row.attempts, url, _letter(room, told, to, url, number))


def _letter(room: Room, told: alert_words.Call, to: str, url: str, number: int) -> EmailMessage:
    ours = sender(url) or room.settings.alarm_email or to
    return alert_words.letter(told, to, ours, number)


def _address(room: Room, row: AlertMessage) -> str | None:
    people = room.script.line.rota.people
    return next((person.email for person in people if person.name == row.person), None)


def _again(room: Room, mail: Posted, why: Exception) -> None:
    wait = min(FIRST_WAIT * 2 ** min(mail.attempts - 1, 10), LONGEST_WAIT)
    state = Sending.UNKNOWN if isinstance(why, Unsure) else Sending.DUE
    with room.database.writing() as session:
        alert_messages.settle(
            session, mail.number, state, due_at=room.now() + wait, reason=f"{why}."
        )


def _settle(room: Room, number: int, state: Sending, reason: str) -> None:
    with room.database.writing() as session:
        alert_messages.settle(session, number, state, reason=reason)
