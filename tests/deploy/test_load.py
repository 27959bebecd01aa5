"""The load test: what it sends is a whole conversation that the line understands."""

import argparse
from itertools import islice

import pytest

from deploy import load
from tests.conftest import ENVIRON


def test_its_texts_and_calls_become_whole_items(sqlite_line):
    webhooks = load._webhooks(ENVIRON["TWILIO_ACCOUNT_SID"], "+441214960000")

    for path, fields in islice(webhooks, 9):
        assert sqlite_line.post(path, **fields).status_code == 200

    text, call = sqlite_line.items()
    assert (text.service, text.rating, text.about, text.contact) == (
        "hospital",
        "poor",
        "me",
        False,
    )
    assert (text.tier, text.complete, call.complete) == (None, True, True)


def test_it_signs_as_the_line_checks(sqlite_line):
    fields = {"AccountSid": ENVIRON["TWILIO_ACCOUNT_SID"], "Body": "é +'", "MessageSid": "SM1"}
    signature = load.sign("https://line.example.org/sms", fields, "token-of-the-tests")

    answer = sqlite_line.client.post("/sms", data=fields, headers={"X-Twilio-Signature": signature})

    assert answer.status_code == 200


@pytest.mark.parametrize("value", ["0", "201", "-1"])
def test_it_goes_no_faster_than_it_says(value):
    with pytest.raises(argparse.ArgumentTypeError):
        load._rate(value)


@pytest.mark.parametrize("value", ["https://x.example.org/path", "x.example.org", "ftp://x"])
def test_it_wants_an_origin(value):
    with pytest.raises(argparse.ArgumentTypeError):
        load._origin(value)
