"""What the doctor says of one thing."""

from dataclasses import dataclass

OK, WARNING, WRONG = "ok", "warning", "wrong"


@dataclass(frozen=True)
class Finding:
    """What one look found: ok, warning or wrong, what was looked at, and what to do."""

    level: str
    what: str
    words: str
