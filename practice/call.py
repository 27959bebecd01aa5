"""One call, from the caller's side."""

from threading import Lock

from practice.acts import Act, Keys, Silence, Speech
from practice.course import Course
from practice.sound import from_wav
from practice.voice import speak

KEYPAD = set("0123456789*#")
ENDS = KEYPAD | {"silence", "hangup"}


class WrongMomentError(Exception):
    """The caller cannot do that now: the call is over, or there was no tone to speak after."""


class Call:
    """A call that has begun. It stands still until the caller acts; no time really passes."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.leg = course.leg
        self.sid = course.leg.sid
        # Two browser windows may act in the same call.
        self._lock = Lock()

    @property
    def heard(self) -> list[str]:
        """Return what the line said since the caller's last act."""
        return list(self.leg.heard)

    @property
    def waiting(self) -> str | None:
        """Return what the line waits for: "keys", "message" or, when the call is over, None."""
        return self.course.need.kind if self.course.need else None

    @property
    def timeout(self) -> float | None:
        """Return how many seconds the line waits before it goes on by itself."""
        return self.course.need.timeout if self.course.need else None

    @property
    def seconds(self) -> float:
        """Return how long the call would have lasted so far, at 150 words a minute."""
        return self.leg.seconds

    @property
    def ended(self) -> bool:
        """Tell whether the call is over."""
        return self.course.ended_at is not None

    @property
    def error(self) -> str | None:
        """Return what Twilio would have logged, if the line gave something it cannot use."""
        return self.course.error

    def press(self, digits: str) -> None:
        """Press keys, one straight after the other; ValueError for what no keypad has."""
        if not digits or not set(digits) <= KEYPAD:
            raise ValueError(f"a keypad has 0 to 9, * and #, not {digits!r}")
        self._act(Keys(digits))

    def wait(self) -> None:
        """Say and press nothing until the time is over."""
        self._act(Silence())

    def speak(self, words: str, end: str = "#", voice: str = "en-gb") -> None:
        """Say the words after the tone, then press a key, fall silent or hang up.

        ``end`` is a key, "silence" or "hangup". Raises WrongMomentError when no tone was heard,
        NoVoiceError for an unknown voice and ValueError for an unknown end.
        """
        self.say_wav(speak(words, voice), end)

    def say_wav(self, wav: bytes, end: str = "#") -> None:
        """Say what is in a telephone WAV after the tone; raises as ``speak`` does."""
        if end not in ENDS:
            raise ValueError(f"speaking ends with a key, silence or hangup, not {end!r}")
        if self.waiting != "message":
            raise WrongMomentError("the line does not wait for a message")
        self._act(Speech(from_wav(wav), end))

    def hang_up(self) -> None:
        """Put down the receiver; nothing happens when the call is over already."""
        with self._lock:
            if not self.ended:
                self.leg.heard.clear()
                self.course.hang_up()

    def _act(self, act: Act) -> None:
        with self._lock:
            if self.ended:
                raise WrongMomentError("the call is over")
            self.leg.heard.clear()
            self.course.act(act)
