"""What must not leave the desk: names, numbers, addresses. Pure: rules and a text in, text out.

What to find is care.md 6, "Redact"; why so: docs/decisions/0023-redaction.md. The way of a text:

    plain       its words in small plain letters, each knowing where it stood
    written     e-mail, web addresses and old dates by their form; dates and prices, which stay
    aloud       e-mail and web addresses in words; `handles` on networks
    signs       digits and letters, written or said (`numerals`), and their `runs`; `numbers`,
                `digits` and `phones` say whose they are by `shapes` and by what `told` it before
    births      birth dates, `dates` that are births unsaid; `ages` of 90 and more
    places      addresses, out of `streets`; `rooms` beside a name
    names       who is named: `levels` weighs a word by the lists, `introduced` by what leads to it,
                `alone` without, `said` and `reading` by how it reads; `ends` says where it stops
    foreign     words in another language; `secret` one of several that overlap
    rules       what it goes by; `lists` reads it from script/

`leaving` and `searching` apply it to a record and to a search; `recipe` made lists and weights.
"""

from collections.abc import Iterable, Iterator, Sequence

from triage.redaction.ages import ages
from triage.redaction.aloud import spoken
from triage.redaction.births import births
from triage.redaction.dates import beside
from triage.redaction.foreign import foreign
from triage.redaction.handles import handles
from triage.redaction.lists import OURS, WrongRedaction, load
from triage.redaction.names import names
from triage.redaction.numbers import numbers
from triage.redaction.places import places
from triage.redaction.plain import Piece, Plain, pieces, plain
from triage.redaction.rooms import rooms
from triage.redaction.rules import Rules
from triage.redaction.secret import Part, Secret, apart
from triage.redaction.told import near
from triage.redaction.written import DATE, STAYS, held, written

__all__ = ["OURS", "Rules", "Secret", "WrongRedaction", "found", "load", "redact", "redact_each"]


def redact(rules: Rules, text: str) -> str:
    """The text with each secret replaced by words that say what was there."""
    return _replaced(rules, text, found(rules, text))


def redact_each(rules: Rules, texts: Sequence[str]) -> list[str]:
    """Texts that one person sent in this order; a number may begin in one and end in the next."""
    made, start = [], 0
    across = found(rules, "\n".join(texts)) if len(texts) > 1 else []
    for text in texts:
        end = start + len(text)
        parts = [s for s in across if s.start < end and start < s.end]
        own = [Secret(max(s.start, start) - start, min(s.end, end) - start, s.kind) for s in parts]
        made.append(_replaced(rules, text, apart([*found(rules, text), *own])))
        start = end + 1
    return made


def _replaced(rules: Rules, text: str, secrets: Iterable[Secret]) -> str:
    parts, at = [], 0
    for secret in secrets:
        parts += [text[at : secret.start], rules.shown[secret.kind]]
        at = secret.end
    return "".join([*parts, text[at:]])


def found(rules: Rules, text: str) -> list[Secret]:
    """Every secret of a text, in order; none overlaps another."""
    read = plain(text)
    words = pieces(text, read)
    by_form = [Secret(*read.span(a, b), kind) for a, b, kind in written(rules, read.text)]
    abroad = [Secret(*place, "language") for place in foreign(rules, text, words)]
    return apart([*abroad, *by_form, *_in_words(words, _parts(rules, read, words))])


def _parts(rules: Rules, read: Plain, words: Sequence[Piece]) -> Iterator[Part]:
    dates = [read.span(*match.span()) for match in DATE.finditer(read.text)]
    fixed = [read.span(*match.span()) for match in STAYS.finditer(read.text)]
    born = list(births(rules, words))
    stands = [a or b for a, b in zip(held(words, dates), held(words, fixed), strict=True)]
    for at, (_, held_at) in enumerate(zip(words, stands, strict=True)):
        stands[at] = held_at and not near(rules, words, at, "bank")
    for start, end, _ in born:
        stands[start:end] = [True] * (end - start)
    people = list(names(rules, words))
    called = [(start, end) for start, end, _ in people]
    yield from (*born, *people, *spoken(rules, words), *places(rules, words))
    yield from handles(rules, words)
    yield from (*rooms(words, called), *beside(words, called))
    yield from ages(rules, words, called)
    yield from numbers(rules, words, stands)


def _in_words(words: Sequence[Piece], parts: Iterable[Part]) -> Iterator[Secret]:
    for start, end, kind in parts:
        at = words[start].start
        if kind == "phone" and words[start].gap.endswith(("+", "(")):  # "+44", "(0121)"
            at -= 1
        yield Secret(at, words[end - 1].end, kind)
