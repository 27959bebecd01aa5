"""Where a telephone number stands in a run of digits."""

from collections.abc import Sequence

from triage.redaction.signs import Sign

LENGTHS = {"0": (11, 10), "44": (12, 11), "440": (13, 12), "0044": (14, 13), "00440": (15, 14)}


def phone(signs: Sequence[Sign], at: int) -> int:
    """Where a telephone number ends that begins here; 0 when none does."""
    if signs[at].chars[0] not in "04":
        return 0
    ends: dict[int, int] = {}
    chars = ""
    for to in range(at, len(signs)):
        chars += signs[to].chars
        ends[len(chars)] = to + 1
        if len(chars) > 15:
            break
    if signs[at].spoken and len(chars) >= 9 and chars[0] == "0":
        return len(signs)  # digits too many or too few: misheard, or said again
    for start, lengths in sorted(LENGTHS.items(), reverse=True):
        if chars.startswith(start):
            return next((ends[length] for length in lengths if length in ends), 0)
    return 0
