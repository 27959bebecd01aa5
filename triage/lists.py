"""The lists of the script's folder that the desk's rules go by, read together.

Whoever starts with them and whoever looks whether the line could start ask here, so that neither
knows of a list that the other forgot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from triage import ears, redaction, taxonomy


@dataclass(frozen=True)
class Lists:
    """What is urgent in each language, the themes, and what is taken out before words leave."""

    urgent: Mapping[str, ears.Ear]
    taxonomy: taxonomy.Taxonomy
    redaction: redaction.Rules


def load(folder: Path, languages: Sequence[str]) -> Lists:
    """All of them, for a line that speaks these languages. Raises WrongList."""
    return Lists(
        urgent=ears.every(folder, languages),
        taxonomy=taxonomy.load(folder),
        redaction=redaction.load(folder, languages[0]),
    )
