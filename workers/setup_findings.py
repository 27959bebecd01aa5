"""What a look at Twilio's settings may find."""

from dataclasses import dataclass

from workers.setup_api import Change

OK, WARNING, WRONG = "ok", "warning", "wrong"


@dataclass(frozen=True)
class Finding:
    """ok, warning or wrong; where; what it means and what to do; and what would mend it."""

    level: str
    what: str
    words: str
    changes: tuple[Change, ...] = ()
