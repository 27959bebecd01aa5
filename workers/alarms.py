"""Tells the operator of an incident, by e-mail and webhook: what is wrong, never who said what."""

import logging
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage

import requests

import config
from store.upkeep import Incident
from workers.mail import PATIENCE, sender, server

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
            with server(self.smtp_url or ""):
                pass
        except (OSError, smtplib.SMTPException) as why:
            log.warning("alarms cannot be mailed just now (%s): see SMTP_URL", type(why).__name__)

    def _mail(self, line: str, incident: Incident) -> None:
        message = EmailMessage()
        message["Subject"] = f"{line}: {'over' if incident.closed_at else 'ALARM'}: {incident.kind}"
        message["From"] = sender(self.smtp_url or "") or self.email
        message["To"] = self.email
        message.set_content(letter(line, incident))
        try:
            with server(self.smtp_url or "") as there:
                there.send_message(message)
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
