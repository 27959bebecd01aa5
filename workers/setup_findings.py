"""What a look at Twilio's settings may find, and the doctor's look at the rest."""

from dataclasses import dataclass

from workers.setup_api import Change

OK, WARNING, WRONG = "ok", "warning", "wrong"


@dataclass(frozen=True)
class Finding:
    """ok, warning or wrong; where; what it means and what to do; what would mend it at Twilio."""

    level: str
    what: str
    words: str
    changes: tuple[Change, ...] = ()
