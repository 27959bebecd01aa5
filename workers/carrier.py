"""The only calls to Twilio's API. Every one has a time-out, and a name for how it failed."""

import requests

# A part is 5 minutes of 8 kHz 16-bit sound, under 5 MB; ten times that is no voicemail.
MOST_BYTES = 50_000_000
CONNECT, READ = 5, 20
SOUND = (b"RIFF", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")


class NotThereYet(Exception):
    """Twilio has no such recording: not ready yet, or deleted."""


class TwilioAway(Exception):
    """Twilio could not be asked, or gave no sensible answer; the message says which."""


class Carrier:
    """Twilio's REST API for one account, by SID only: never by an address from a request."""

    def __init__(self, account: str, token: str, api_url: str) -> None:
        self._base = f"{api_url}/2010-04-01/Accounts/{account}"
        self._auth = (account, token)

    def audio(self, sid: str) -> bytes:
        """The sound file of a recording. Raises NotThereYet or TwilioAway."""
        with self._ask("GET", f"Recordings/{sid}.wav") as answer:
            sound = self._whole(answer)
        if not sound.startswith(SOUND):
            raise TwilioAway("Twilio sent something that is not a sound file")
        return sound

    def delete(self, kind: str, sid: str) -> None:
        """Delete a copy at Twilio; one that is gone already is deleted. Raises TwilioAway."""
        try:
            with self._ask("DELETE", f"{kind}/{sid}.json"):
                return
        except NotThereYet:
            return

    def _ask(self, method: str, path: str) -> requests.Response:
        try:
            answer = requests.request(
                method,
                f"{self._base}/{path}",
                auth=self._auth,
                timeout=(CONNECT, READ),
                stream=True,
                allow_redirects=False,
            )
        except requests.RequestException as why:
            raise TwilioAway(f"Twilio could not be reached ({type(why).__name__})") from None
        if answer.status_code == 404:
            raise NotThereYet(path)
        if answer.status_code >= 300:
            raise TwilioAway(f"Twilio answered {answer.status_code}")
        return answer

    def _whole(self, answer: requests.Response) -> bytes:
        parts, size = [], 0
        try:
            for part in answer.iter_content(65536):
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES:
                    raise TwilioAway("the recording is larger than any voicemail")
        except requests.RequestException as why:
            raise TwilioAway(f"the download broke off ({type(why).__name__})") from None
        promised = answer.headers.get("Content-Length", "")
        if (
            promised.isdigit()
            and int(promised) > size
            and not answer.headers.get("Content-Encoding")
        ):
            raise TwilioAway("the download broke off")
        return b"".join(parts)
