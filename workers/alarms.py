"""Tells the operator of an incident, by e-mail and webhook: what is wrong, never who said what."""

import logging
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

import requests

import config
from store.upkeep import Incident

PATIENCE = 5  # seconds for each answer of a mail server or hook
HERE = ("localhost", "127.0.0.1", "::1")

log = logging.getLogger(__name__)


class NotTold(Exception):
    """Nobody could be told; the message says why, without a password in it."""


@dataclass(frozen=True)
class Alarms:
    """Where alarms go. With neither, they stand in the log, in `doctor` and in /metrics alone."""

    email: str | None
    smtp_url: str | None
    webhook: str | None

    def tell(self, line: str, incident: Incident) -> str | None:
        """Tell by every way there is. The reason of one that failed beside one that did not.

        Raises NotTold when none took it, so that nobody is told twice for one way's sake.
        """
        ways = [*([self._mail] if self.email else []), *([self._post] if self.webhook else [])]
        failed = []
        for way in ways:
            try:
                way(line, incident)
            except NotTold as why:
                failed.append(str(why))
        reason = "; ".join(failed) or None
        if ways and len(failed) == len(ways):
            raise NotTold(reason)
        return reason

    def try_mail(self) -> None:
        """Say so at the start when the mail server cannot be used; it may be back later."""
        if not self.email:
            return
        try:
            with _server(self.smtp_url or ""):
                pass
        except (OSError, smtplib.SMTPException) as why:
            log.warning("alarms cannot be mailed just now (%s): see SMTP_URL", type(why).__name__)

    def _mail(self, line: str, incident: Incident) -> None:
        user = unquote(urlsplit(self.smtp_url or "").username or "")
        message = EmailMessage()
        message["Subject"] = f"{line}: {'over' if incident.closed_at else 'ALARM'}: {incident.kind}"
        message["From"] = user if "@" in user else self.email
        message["To"] = self.email
        message.set_content(letter(line, incident))
        try:
            with _server(self.smtp_url or "") as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as why:
            raise NotTold(f"e-mail: {type(why).__name__}") from None

    def _post(self, line: str, incident: Incident) -> None:
        try:
            answer = requests.post(
                self.webhook or "", json=facts(line, incident), timeout=PATIENCE, stream=True
            )
            answer.close()
        except requests.RequestException as why:
            raise NotTold(f"webhook: {type(why).__name__}") from None
        if not answer.ok:
            raise NotTold(f"webhook: it answered {answer.status_code}")


def alarms(settings: config.Settings) -> Alarms:
    """The ways that the settings name."""
    return Alarms(settings.alarm_email, settings.smtp_url, settings.alarm_webhook)


def letter(line: str, incident: Incident) -> str:
    """What an e-mail says."""
    over = f"Over since {incident.closed_at:%Y-%m-%d %H:%M} UTC." if incident.closed_at else ""
    return (
        f"{incident.words}\n\nThe line: {line}\n"
        f"Noticed {incident.opened_at:%Y-%m-%d %H:%M} UTC. {over}\n\n"
        f"What to do: docs/operating.md, {incident.kind}\n"
    )


def facts(line: str, incident: Incident) -> dict[str, str | None]:
    """What a webhook gets."""
    return {
        "line": line,
        "kind": incident.kind,
        "state": "over" if incident.closed_at else "open",
        "words": incident.words,
        "opened_at": incident.opened_at.isoformat(),
        "closed_at": incident.closed_at.isoformat() if incident.closed_at else None,
    }


def _server(url: str) -> smtplib.SMTP:
    """The mail server, greeted and signed in to. A password never goes there in the open."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=PATIENCE, context=secure
        )
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=PATIENCE)
    try:
        _sign_in(server, parts, secure)
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server


def _sign_in(server: smtplib.SMTP, parts: SplitResult, secure: ssl.SSLContext) -> None:
    server.ehlo()
    private = parts.scheme == "smtps"
    if not private and server.has_extn("starttls"):
        server.starttls(context=secure)
        private = True
    if parts.username:
        if not private and parts.hostname not in HERE:
            raise smtplib.SMTPNotSupportedError("it offers no encryption")
        server.login(unquote(parts.username), unquote(parts.password or ""))
