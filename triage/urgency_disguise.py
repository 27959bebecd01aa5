"""Words in disguise, by play, filter or phone: letters alike, digits for letters, no blanks."""

import unicodedata
from collections.abc import Set

LONGEST = 120  # letters of one word that are looked at; a hostile word may be longer
RUN_TOGETHER = 9  # a word is only taken apart if it is longer
ALIKE = str.maketrans("аеорсухікмтвһѕјοαεικνρτυχω’`´ʼ", "aeopcyxikmtbhsjoaeikvptuxw''''")
DIGITS = [str.maketrans("0134578@$!|", f"o{one}eastba{'s'}{one}{one}") for one in "il"]


def undisguised(chunk: str, known: Set[str]) -> str:
    """What stands between two blanks in plain small letters: "ΚILL" and "k1ll" are "kill"."""
    if not chunk.isascii():
        chunk = unicodedata.normalize("NFKD", chunk)
        chunk = "".join(c for c in chunk if unicodedata.category(c) not in ("Mn", "Cf"))
    small = chunk.casefold()
    if not small.isascii() and any("a" <= letter <= "z" for letter in small):
        small = small.translate(ALIKE)
    if small.isalpha():
        return small
    ways = (small.strip(".,?;:\"'()").translate(digits) for digits in DIGITS)
    letters = any("a" <= letter <= "z" for letter in small)
    return next((way for way in ways if letters and way in known), small)


def apart(word: str, known: Set[str]) -> list[str]:
    """The words of "iwanttodie", if all of it is words that are known; else the word as it is."""
    if len(word) <= RUN_TOGETHER or word in known:
        return [word]
    best: dict[int, list[str]] = {0: []}
    for end in range(1, len(word) + 1):
        starts = (at for at in range(max(0, end - 14), end) if at in best and word[at:end] in known)
        ways = [[*best[at], word[at:end]] for at in starts]
        if ways:
            best[end] = min(ways, key=len)
    return best.get(len(word), [word])
