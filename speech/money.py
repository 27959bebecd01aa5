"""Prices and percentages, from the words of a phrase to how people write them."""

from collections.abc import Sequence

from speech.numerals import Written, cardinal, number, written
from speech.units import unit

# "She lost twenty pounds": weight, not money.
WEIGHED = (
    "weigh weighs weighed weighing weight stone ounces lose losing lost gain gained put baby born "
    "birth heavier lighter drop dropped down shed early"
)
WEIGHING = frozenset(WEIGHED.split())
# "He dropped me off and i paid twenty pounds": the word that stands nearer says what they are.
PAID = "pay pays paid paying cost costs charge charges charged spend spends spent owe owes owed"
PAYING = frozenset(PAID.split())
# What may follow a price. "Twelve pounds fifty people" may be two numbers.
BEHIND_A_PRICE = "a an and at but each every for i in just on per so to which"
AFTER_PRICE = frozenset(BEHIND_A_PRICE.split())


def price(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "twelve pounds fifty": £12.50."""
    pounds = money(words, before)
    if not pounds or not pounds[0].startswith("£"):
        return None
    text, taken = pounds
    pence, more = cardinal(words[taken:])
    after = words[taken + more :]
    sure = not after or (after[0] in AFTER_PRICE and not unit(after) and not number(after[1:]))
    return (f"{text}.{pence}", taken + more) if 10 <= pence < 100 and sure else None


def money(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "twenty pounds": £20; "ninety per cent": 90%."""
    value, taken = cardinal(words)
    after = list(words[taken : taken + 2])
    if number(before[-1:]):
        return None  # "ten twenty pounds"
    if taken and after[:1] == ["percent"]:
        return f"{written(value)}%", taken + 1
    if taken and after == ["per", "cent"]:
        return f"{written(value)}%", taken + 2
    if taken and after[:1] == ["pounds"] and not _weight(words, before):
        return f"£{written(value)}", taken + 1
    return None


def _weight(words: Sequence[str], before: Sequence[str]) -> bool:
    """By the last word before the pounds that tells, else by the first behind them."""
    telling = (word for word in [*reversed(before), *words] if word in WEIGHING | PAYING)
    return next(telling, "") in WEIGHING
