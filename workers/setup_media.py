"""Whether a recording at Twilio opens for anybody who has its address."""

from workers.setup_api import Account
from workers.setup_findings import OK, WRONG, Finding

MEDIA = "media authentication"


def media(account: Account) -> Finding:
    """Tried, as Twilio's API does not tell: the newest recording, asked for without our token.

    Raises TwilioAway. (facts: twilio.md 5.6: off by default)
    """
    recording = account.newest_recording()
    if recording is None:
        return Finding(OK, MEDIA, "not checked: no recording yet")
    return judged(account.answers_strangers(recording))


def judged(status: int) -> Finding:
    """What the answer to a stranger means. Pure."""
    if status == 401:
        return Finding(OK, MEDIA, "a recording does not open without our token")
    if status == 200:
        words = (
            "ANYBODY WHO HAS A RECORDING'S ADDRESS CAN HEAR IT. Turn on 'Enforce HTTP auth on "
            "media' in Twilio's console, Voice > Settings > General; no program can"
        )
        return Finding(WRONG, MEDIA, words)
    return Finding(OK, MEDIA, f"not checked: the newest recording answers {status}")
