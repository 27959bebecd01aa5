"""What was said, as the desk shows it: each take in phrases, with what people put right in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from store import corrections as rows
from store.coding_rows import Correction
from store.models import Feedback, Kind, Recording, Transcript
from triage import corrections, phrases
from triage.corrections import Change, Edit
from triage.phrases import Phrase


@dataclass(frozen=True)
class Take:
    """One recording and its words as they stand: the machine's `version` with `saves` over it."""

    row: Recording
    version: Transcript | None
    machine: tuple[Phrase, ...]
    phrases: tuple[Phrase, ...]
    saves: Sequence[Correction]
    seen: str

    @property
    def text(self) -> str:
        return phrases.text(self.phrases)

    @property
    def changes(self) -> list[Change]:
        """The machine's version beside the words as they stand."""
        return corrections.changes(phrases.text(self.machine), self.text)

    def with_(self, phrase: int | None, after: str, by: str) -> str:
        """The take's words once this is saved too."""
        edits = [*edits_of(self.saves), Edit(phrase, after, by)]
        return phrases.text(corrections.laid_over(self.machine, edits))


def takes_of(session: Session, item: Feedback) -> list[Take]:
    """Every recording of an item, in one query at most: what nobody touched is not asked for."""
    saves = rows.of(session, item.recordings)
    return [take_of(take, saves[take.id]) for take in item.recordings]


def take_of(take: Recording, saves: Sequence[Correction]) -> Take:
    """One recording with its saves."""
    version = rows.base(take, saves)
    machine = phrases.heard(version.words, version.shown_words) if version else ()
    now = corrections.laid_over(machine, edits_of(saves))
    return Take(take, version, machine, now, saves, rows.seen(take, saves))


def edits_of(saves: Sequence[Correction]) -> list[Edit]:
    """The saves to lay over the machine's version: from the last time it was written anew on."""
    anew = [n for n, save in enumerate(saves) if save.phrase is None]
    return [Edit(save.phrase, save.after, save.by) for save in saves[anew[-1] if anew else 0 :]]


def words_of(item: Feedback, takes: Sequence[Take]) -> str:
    """All that was said, texts and takes, a line each."""
    texts = [text.body for text in item.texts if text.kind is Kind.WORDS]
    return "\n".join([*texts, *(take.text for take in takes)])
