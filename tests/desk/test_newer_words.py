"""Words that come while an item's page is open are read before anything is done about the item."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest

from handlers.desk.newer import MORE
from hours import LONDON
from store.coding_rows import Coding
from store.models import Feedback, Status
from store.staff import Role
from tests.desk.conftest import NOW, Desk, Seat, seated
from tests.doing.conftest import change, path, row, rows, told

NEWER = "but the food was cold and nobody answered the bell"
FORMS = {
    "moves": {"after": "finished", "reason": "My long words"},
    "outcome": {"outcome": "noted", "did": "My long words", "do": "finish"},
    "coding": {"sentiment": "mixed", "happened": "My long words", "do": "finish"},
    "coding saved": {"sentiment": "mixed", "happened": "My long words", "do": "save"},
    "wait": {"until": f"{NOW + timedelta(days=5):%Y-%m-%d}", "wait_reason": "My long words"},
    "tier": {"tier": "none", "tier_reason": "My long words"},
    "safeguarding": {
        "decision": "no_action",
        "done_at": f"{NOW.astimezone(LONDON):%Y-%m-%dT%H:%M}",
        "words": "My long words",
    },
}


class Hidden(HTMLParser):
    """The hidden fields of the form that is sent to one address of a page."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._address, self._inside = address, False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = (given["action"] or "").partition("?")[0] == self._address
        elif self._inside and given.get("type") == "hidden" and given["name"] != "csrf_token":
            self.fields[given["name"] or ""] = given["value"] or ""


def fields(sitting: Seat, item: Feedback, act: str) -> dict[str, str]:
    """What the open page would send with this act, beside what somebody chooses there."""
    page = sitting.get(f"{path(item)}?show=1").text
    return Hidden(page, f"{path(item)}/{act}").fields


def grown(desk: Desk, item: Feedback) -> None:
    """The person of an item says more, to the same item."""
    desk.line.text(NEWER)
    assert row(desk, item).words_at


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_done_from_a_page_made_before_the_newest_words(both, form):
    item, lead = told(both, coded_at=NOW, tier="R3", signals=["child"]), seated(both, Role.LEAD)
    act = form.split()[0]
    given = {**fields(lead, item, act), **FORMS[form]}
    grown(both, item)
    before = row(both, item)
    answer = lead.post(f"{path(item)}/{act}?show=1", **given)
    assert answer.status_code == 409
    assert MORE in answer.text
    assert NEWER in answer.text
    assert "My long words" in answer.text
    now = row(both, item)
    facts = ("status", "tier", "outcome", "sentiment", "coded_at", "decided_at")
    assert [getattr(now, f) for f in facts] == [getattr(before, f) for f in facts]


@pytest.mark.parametrize("form", FORMS)
def test_once_the_newest_words_were_shown_the_same_form_is_taken(desk, seat, form):
    item, lead = told(desk, coded_at=NOW, tier="R3", signals=["child"]), seat(Role.LEAD)
    act = form.split()[0]
    grown(desk, item)
    given = {**fields(lead, item, act), **FORMS[form]}
    assert given["words_seen"] == row(desk, item).words_at.isoformat()
    assert lead.post(f"{path(item)}/{act}?show=1", **given).status_code == 302


def test_the_page_that_refuses_sends_the_newer_mark_the_next_time(desk, seat):
    item, sam = told(desk), seat()
    given = {**fields(sam, item, "moves"), **FORMS["moves"]}
    grown(desk, item)
    refused = sam.post(f"{path(item)}/moves", **given)
    again = {**Hidden(refused.text, f"{path(item)}/moves").fields, **FORMS["moves"]}
    assert sam.post(f"{path(item)}/moves", **again).status_code == 302
    assert row(desk, item).status is Status.FINISHED


def test_a_form_that_came_back_for_another_reason_hides_no_newer_words(desk, seat):
    item, sam = told(desk), seat()
    given = fields(sam, item, "outcome")
    grown(desk, item)
    wrong = sam.post(f"{path(item)}/outcome", **given, outcome="nonsense", do="finish")
    assert wrong.status_code == 422
    again = {**Hidden(wrong.text, f"{path(item)}/outcome").fields, **FORMS["outcome"]}
    assert sam.post(f"{path(item)}/outcome", **again).status_code == 409


def test_a_suggestion_that_is_accepted_without_a_script_hides_no_newer_words(desk, seat):
    item, sam = told(desk), seat()
    given = fields(sam, item, "coding")
    grown(desk, item)
    accepted = sam.post(f"{path(item)}/coding", **given, accept="themes:food")
    again = {**Hidden(accepted.text, f"{path(item)}/coding").fields, **FORMS["coding"]}
    assert sam.post(f"{path(item)}/coding", **again).status_code == 409
    assert rows(desk, Coding) == []


def test_whoever_codes_hears_of_a_colleagues_coding_and_of_newer_words_at_once(desk, seat):
    item, sam, kim = told(desk), seat(), seat(name="Kim")
    given = {**fields(sam, item, "coding"), **FORMS["coding saved"]}
    kim.post(f"{path(item)}/coding", **given)
    grown(desk, item)
    answer = sam.post(f"{path(item)}/coding", **given)
    assert MORE in answer.text
    assert "Kim coded this while you had it open" in answer.text


def test_a_refusal_for_newer_words_speaks_of_no_move_that_nobody_made(desk, seat):
    item, sam = told(desk), seat()
    given = {**fields(sam, item, "moves"), **FORMS["moves"]}
    grown(desk, item)
    assert "When you opened it" not in sam.post(f"{path(item)}/moves", **given).text


def test_a_form_of_a_former_version_without_the_mark_is_taken(desk, seat):
    item = change(desk, told(desk), words_at=NOW)
    answer = seat().post(f"{path(item)}/moves", seen="new", **FORMS["moves"])
    assert answer.status_code == 302
