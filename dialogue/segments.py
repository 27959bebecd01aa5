"""How many segments a text fills. One letter outside GSM-7 makes a text of 160 one of 70."""

# GSM 03.38 basic set, then the characters that take two places (facts: 3GPP TS 23.038, 6.2.1).
BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE = set("^{}\\[~]|€\f")


def segments(text: str) -> int:
    """A text -> how many segments the network bills, at least 1."""
    if set(text) <= BASIC | DOUBLE:
        size, one, part = sum(2 if c in DOUBLE else 1 for c in text), 160, 153
    else:
        size, one, part = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if size <= one else -(-size // part)
