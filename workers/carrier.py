"""Fetches and deletes at Twilio, by SID; lists and texts are modules of their own beside it.

Every request has a time-out, and a name for how it failed.
"""

import time
from collections.abc import Callable

import requests

from workers.carrier_body import NoVoicemail, TwilioAway, asked, put_by, whole
from workers.carrier_lists import Lists
from workers.carrier_texts import Texts

__all__ = ["Carrier", "NoVoicemail", "NotThereYet", "TwilioAway"]

# A part is 5 minutes of 8 kHz 16-bit sound, under 5 MB; ten times that is no voicemail.
MOST_BYTES = 50_000_000
# Seconds. All of them together are shorter than the lease on a recording.
CONNECT, READ, LONGEST = 4, 8, 20
TOO_LARGE = "The recording is larger than any voicemail"
# WAV, a tag before an MP3, and MP3 at every rate: MPEG 1, 2 and 2.5, with a checksum and without.
SOUND = (b"RIFF", b"ID3", *(bytes((0xFF, kind)) for kind in (0xFA, 0xFB, 0xF2, 0xF3, 0xE2, 0xE3)))


class NotThereYet(Exception):
    """Twilio has no such recording: not ready yet, or deleted."""


class Carrier:
    """Twilio's REST API for one account, by SID only: never by an address from a request.

    `public_url` is where Twilio tells how a text of ours fared; without it nobody is told.
    """

    def __init__(
        self,
        account: str,
        token: str,
        api_url: str,
        read: float = READ,
        longest: float = LONGEST,
        public_url: str | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.lists = Lists(account, token, api_url, pause=pause)
        callback = f"{public_url}/sms/status" if public_url else None
        self.texts = Texts(account, token, api_url, callback)
        self._read, self._longest = read, longest
        self._base = f"{api_url}/2010-04-01/Accounts/{account}"
        self._auth = (account, token)
        self._open = requests.Session()  # a kept connection spares a hand-shake each time

    def audio(self, sid: str) -> bytes:
        """The sound file of a recording. Raises NotThereYet, NoVoicemail or TwilioAway."""
        with self._ask("GET", f"Recordings/{sid}.wav") as answer:
            sound = whole(answer, MOST_BYTES, self._longest, TOO_LARGE)
        if not sound.startswith(SOUND):
            raise NoVoicemail("Twilio sent something that is not a sound file")
        return sound

    def delete(self, kind: str, sid: str) -> None:
        """Delete a copy at Twilio; one that is gone already is deleted. Raises TwilioAway."""
        try:
            with self._ask("DELETE", f"{kind}/{sid}.json") as answer:
                put_by(answer)
        except NotThereYet:
            return

    def has(self, kind: str, sid: str) -> bool:
        """Whether Twilio still shows what it said was deleted. Raises TwilioAway."""
        try:
            with self._ask("GET", f"{kind}/{sid}.json") as answer:
                put_by(answer)
                return True
        except NotThereYet:
            return False

    def _ask(self, method: str, path: str) -> requests.Response:
        timeout, url = (CONNECT, self._read), f"{self._base}/{path}"
        answer = asked(method, url, self._auth, timeout, by=self._open.request)
        if answer.status_code < 300:
            return answer
        answer.close()
        if answer.status_code == 404:
            raise NotThereYet(path)
        raise TwilioAway(f"Twilio answered {answer.status_code}")
