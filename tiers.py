"""How urgent an item is: R1 life, R2 abuse, R3 harm, R4 legal, or none of them. Pure.

At the root, beside `hours`: the rows, the conversation and the desk all speak of it.
"""

TIERS = ("R1", "R2", "R3", "R4")
URGENT = TIERS[:2]  # these cannot wait
# So begins the reason of a tier that no listed phrase gave, but how near a text is to known cries.
BY_MEANING = "sounds like: "
# What is said of words that no ear knows, without a tier: a person sees them first.
OTHER_LANGUAGE = "in another language"


def higher(one: str | None, other: str | None) -> str | None:
    """The more urgent of two tiers."""
    return min((tier for tier in (one, other) if tier), default=None)


def rank(tier: str | None, first: bool) -> int:
    """The queue's order: tier, then voices and texts in another script or language, then (by
    the query) age.

    A voice keeps its place when it has been heard: only another tier moves it.
    """
    return 10 * (TIERS.index(tier) + 1 if tier in TIERS else 5) + (0 if first else 9)
