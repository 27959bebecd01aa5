"""Attacks use the desk of the other tests: its rows, its seats."""

from store.models import Feedback
from tests.desk.conftest import Desk, both, desk, seat  # noqa: F401 (fixtures)


def addresses(at: Desk, item: Feedback, number: int) -> list[str]:
    """Every page that can be opened, with an item's own reference where one is asked for."""
    values = {"given": item.reference, "number": number}
    return [
        at.line.app.url_map.bind("x").build(rule.endpoint, {n: values[n] for n in rule.arguments})
        for rule in at.line.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint.startswith("desk.")
    ]
