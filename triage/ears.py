"""What cannot wait in a text: by the phrases that the script lists, and by what it sounds like."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tiers import BY_MEANING, OTHER_LANGUAGE, TIERS
from triage import urgency, urgency_lists
from triage.meaning import known
from triage.meaning.known import Known
from triage.meaning.near import Near, like, near
from triage.urgency import Found
from triage.urgency_lists import Tier, WrongUrgent

BESIDE = 2  # words on each side that belong to a phrase
ELSE = 8  # with fewer words more, a phrase is not weighed by itself: they say what it means
# With no more familiar words a text may be in another language. More than `near` asks for: to be
# seen first harms nobody, and of cries in a few words of Romanian some look like English.
SURE = 0.75
RANKS = (*TIERS, None)


@dataclass(frozen=True)
class Ear:
    """How a language is listened to. Without either, nothing in it is found by a machine."""

    phrases: tuple[Tier, ...] = ()
    known: Known | None = None


def load(folder: Path, language: str) -> Ear:
    """The phrases in the script's folder and what is known by meaning. Raises WrongUrgent."""
    return Ear(urgency_lists.load(folder, language), known.load(language))


def every(folder: Path, languages: Sequence[str]) -> Mapping[str, Ear]:
    """How each language of a line is listened to. Raises WrongUrgent, also where the first, in
    which people text, has no list of phrases: nobody would notice that cries go unheard."""
    first = urgency_lists.named(folder, languages[0])
    if not first.exists():
        raise WrongUrgent(f"{first.name}: there is no such file in {folder}")
    return {code: load(folder, code) for code in languages}


def tier(ears: Collection[Ear], text: str, unclear: bool = False) -> Found:
    """The most urgent tier that any ear hears, and why. `unclear`: see `urgency.tier`. What none
    finds in words that none knows is told, too: nobody is heard in it but by people.

    A phrase in a text that means nothing of the kind ("the wait is killing me") sets off no alarm;
    it is R3, for a flag is lowered and never dropped (care.md 5).
    """
    found = min((_heard(ear, text, unclear) for ear in ears), key=_rank, default=Found(None, ()))
    return found if found.tier or _read(ears, text) else Found(None, (OTHER_LANGUAGE,))


def _read(ears: Iterable[Ear], text: str) -> bool:
    """Whether some ear knows the language of a text, or none knows any words at all."""
    knows = [ear.known.wording for ear in ears if ear.known]
    return not knows or any(wording.familiar(text) > SURE for wording in knows)


def _heard(ear: Ear, text: str, unclear: bool) -> Found:
    said = urgency.tier(ear.phrases, text, unclear)
    if ear.known is None:
        return said
    means = near(ear.known, text)
    if said.tier in means.doubted and (unclear or _cry(ear.known, said, text)):
        means = replace(means, calm=(), doubted=())
    if said.tier in means.doubted:
        said = urgency.tier(ear.phrases, text, unclear, means.doubted)
    return heard(said, means, ear.known)


def _cry(knows: Known, said: Found, text: str) -> bool:
    """Whether a phrase that decided is a cry by itself: "the nurse was kind and the ward was
    clean my husband hits me the tea was nice thank you" is mostly praise."""
    return any(near(knows, beside(text, phrase)).tier for phrase in said.phrases)


def beside(text: str, phrase: str) -> str:
    """A phrase and the words next to it; nothing where little else is said: there it all counts."""
    before, _, after = " ".join(text.split()).partition(phrase)
    words = " ".join([*before.split()[-BESIDE:], phrase, *after.split()[:BESIDE]]).split()
    return " ".join(words) if len(text.split()) >= len(words) + ELSE else ""


def heard(said: Found, means: Near, known: Known) -> Found:
    """The higher of what phrases and meaning say; where both say the same, the person's words."""
    if said.tier in means.calm:
        said = Found("R3", said.phrases)
    if means.tier is None or _rank(said) <= RANKS.index(means.tier):
        return said
    return Found(means.tier, (f"{BY_MEANING}{like(known, means.window, means.tier)}",))


def _rank(found: Found) -> int:
    return RANKS.index(found.tier)
