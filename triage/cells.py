"""What may stand in a spreadsheet's cell. Pure."""

from typing import Any

# A spreadsheet runs what begins with one of these; what a stranger texted must stay text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: Any) -> Any:
    """A value as a spreadsheet may safely show it."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
