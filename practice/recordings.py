"""Recordings: the audio that Twilio keeps until the line takes it and deletes it."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from threading import Lock

from practice.shelf import new_sid, now
from practice.sound import Samples, seconds_of, silence, to_wav

SILENT_AND_DELETED = "16102"


@dataclass
class Recording:
    """One take. ``status`` is completed, or absent when there is nothing to be fetched."""

    account_sid: str
    call_sid: str
    samples: Samples = field(default_factory=lambda: silence(0))
    status: str = "completed"
    not_ready: int = 0
    sid: str = field(default_factory=lambda: new_sid("RE"))
    made_at: datetime = field(default_factory=now)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def seconds(self) -> int:
        """Return the length of the file, in whole seconds as Twilio gives it."""
        return round(seconds_of(self.samples))

    def fetch(self) -> bytes | None:
        """Return the WAV, or None as long as Twilio is still making it."""
        with self._lock:
            if self.status != "completed":
                return None
            if self.not_ready:
                self.not_ready -= 1
                return None
        return to_wav(self.samples)

    def names(self) -> dict[str, str]:
        """Return the fields by which a request names this recording.

        The address is Twilio's own: a line that fetched it would leave this machine and be seen.
        """
        account = f"https://api.twilio.com/2010-04-01/Accounts/{self.account_sid}"
        return {"RecordingSid": self.sid, "RecordingUrl": f"{account}/Recordings/{self.sid}"}

    def notice(self) -> dict[str, str]:
        """Return the fields of the callback that says what became of this recording."""
        return self.names() | {
            "AccountSid": self.account_sid,
            "CallSid": self.call_sid,
            "RecordingStatus": self.status,
            "RecordingDuration": str(self.seconds),
            "RecordingChannels": "1",
            "RecordingSource": "RecordVerb",
            "RecordingStartTime": format_datetime(self.made_at),
            "RecordingTrack": "inbound",
            "ErrorCode": "0" if self.status == "completed" else SILENT_AND_DELETED,
        }
