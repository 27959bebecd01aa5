"""Whether pounds are a weight or money, by the words beside them."""

from collections.abc import Sequence

from speech.numerals import cardinal

# "She lost twenty pounds": weight, not money.
WEIGHED = (
    "weigh weighs weighed weighing weight stone ounces lose losing lost gain gained put baby born "
    "birth heavier lighter drop dropped down shed early"
)
WEIGHING = frozenset(WEIGHED.split())
# "He dropped me off and i paid twenty pounds": the word that stands nearer says what they are.
PAID = "pay pays paid paying cost costs charge charges charged spend spends spent owe owes owed"
PAYING = frozenset(PAID.split())
TAKES_COINS = {"machine", "meter"}  # "i lost twenty pounds in the machine"
HEAVIEST_BABY, MOST_OUNCES = 14, 15  # pounds, one more is a stone; ounces, one more is a pound


def weight(words: Sequence[str], before: Sequence[str]) -> bool:
    """By the last word before the pounds that tells, else by the first behind them."""
    _, taken = cardinal(words)
    behind = words[taken + 1 : taken + 4]
    if behind[:1] in (["in"], ["into"]) and not TAKES_COINS.isdisjoint(behind):
        return False
    return _told([*reversed(before), *words]) in WEIGHING


def paid(before: Sequence[str]) -> bool:
    """Whether somebody pays, by the last word that tells."""
    return _told([*reversed(before)]) in PAYING


def baby(pounds: int, ounces: int) -> bool:
    """ "She was eight pounds two": no price, unless somebody paid."""
    return pounds <= HEAVIEST_BABY and 1 <= ounces <= MOST_OUNCES


def _told(words: Sequence[str]) -> str:
    return next((word for word in words if word in WEIGHING | PAYING), "")
