"""What a catch-up found, in numbers of both sides."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from workers.listed import CALLS, RECORDINGS, TEXTS

NAMES = {TEXTS: "texts", CALLS: "calls", RECORDINGS: "recordings"}


@dataclass
class Side:
    """One kind of thing: how many Twilio has, how many of these were here, and what came now."""

    at_twilio: int = 0
    here: int = 0
    imported: int = 0
    failed: int = 0


@dataclass
class Counts:
    """One round. `away`: why Twilio could not be asked for everything, if it could not."""

    texts: Side = field(default_factory=Side)
    calls: Side = field(default_factory=Side)
    recordings: Side = field(default_factory=Side)
    replies: int = 0
    fetched_again: int = 0
    deleted_again: int = 0
    away: str | None = None

    def of(self, kind: str) -> Side:
        """The counts of one of Twilio's lists."""
        return {TEXTS: self.texts, CALLS: self.calls, RECORDINGS: self.recordings}[kind]

    @property
    def imported(self) -> int:
        """How much came that no webhook had brought."""
        return self.texts.imported + self.calls.imported + self.recordings.imported

    def numbers(self) -> Mapping[str, int]:
        """As they are kept with the round."""
        flat = {
            f"{name}_{side}": count
            for name, kind in (("texts", TEXTS), ("calls", CALLS), ("recordings", RECORDINGS))
            for side, count in asdict(self.of(kind)).items()
        }
        return flat | {
            "replies": self.replies,
            "fetched_again": self.fetched_again,
            "deleted_again": self.deleted_again,
        }
