"""How many parts a text is sent and paid in."""

GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_IN_TWO = set("\f^{}\\[~]|€")


def segments(body: str) -> int:
    """Return the number of parts, at least one: one character outside GSM 03.38 halves each."""
    if set(body) <= GSM | GSM_IN_TWO:
        length = len(body) + sum(character in GSM_IN_TWO for character in body)
        return _parts(length, 160, 153)
    return _parts(len(body.encode("utf-16-le")) // 2, 70, 67)


def _parts(length: int, alone: int, each: int) -> int:
    return 1 if length <= alone else -(-length // each)
