"""References: how an item is named aloud, typed and shown."""

import secrets

# Told apart by ear on a bad line, and by eye: no 0, O, 1, I (facts: care.md 8).
SIGNS = "23456789KLRWXY"


def new_reference() -> str:
    """Seven random signs, 105 million of them: nobody can guess a neighbour's."""
    return "".join(secrets.choice(SIGNS) for _ in range(7))


def shown(reference: str) -> str:
    """Seven signs as people read them, in two groups: K7RW-3X2."""
    return f"{reference[:4]}-{reference[4:]}"
