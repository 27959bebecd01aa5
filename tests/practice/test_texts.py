"""Texts to the line and its replies."""

import pytest

from practice.segments import segments

SENDER = "+447700900123"
REPLY = "<Message>Thank you &amp; goodbye</Message>"


def test_a_text_brings_the_lines_reply(line, phone):
    line.says("/sms", REPLY)

    assert phone.text(SENDER, "The nurse was kind") == ["Thank you & goodbye"]


def test_a_text_arrives_with_twilios_fields(line, phone):
    phone.text(SENDER, "The nurse was kind ❤", sid="SM1")

    fields = line.asked("/sms")[0]
    assert (fields["MessageSid"], fields["SmsSid"], fields["SmsMessageSid"]) == ("SM1",) * 3
    assert (fields["Body"], fields["NumSegments"]) == ("The nurse was kind ❤", "1")
    assert (fields["NumMedia"], fields["FromCountry"]) == ("0", "")


def test_a_message_may_hold_its_words_in_a_body(line, phone):
    line.says("/sms", "<Message>\n <Body>Thanks</Body>\n</Message><Message>More</Message>")

    assert phone.text(SENDER, "Hello") == ["Thanks", "More"]


ASKED = '<Message statusCallback="/sms/status/SM1">Thanks</Message>'


def test_a_reply_that_asks_how_it_fared_is_told_that_it_arrived(line, phone):
    line.says("/sms", ASKED)
    phone.text(SENDER, "Hello")

    told = line.asked("/sms/status/SM1")[0]
    assert told["MessageStatus"] == "delivered"
    assert told["MessageSid"] == phone.thread(SENDER)[1].sid
    assert (told["From"], told["To"]) == (phone.number, SENDER)


def test_a_reply_to_a_phone_that_takes_none_is_told_to_have_failed(line, phone):
    line.says("/sms", ASKED)
    phone.refusals[SENDER] = 21610
    phone.text(SENDER, "Hello")

    told = line.asked("/sms/status/SM1")[0]
    assert (told["MessageStatus"], told["ErrorCode"]) == ("failed", "21610")


def test_a_reply_that_does_not_ask_is_not_told_of(line, phone):
    line.says("/sms", REPLY)
    phone.text(SENDER, "Hello")

    assert [text.status for text in phone.thread(SENDER)] == ["received", "delivered"]
    assert not any(path.startswith("/sms/status") for path in line.paths())


def test_an_empty_answer_is_no_reply(phone):
    assert phone.text(SENDER, "Hello") == []


def test_a_thread_has_one_phones_texts_in_their_order(line, phone):
    line.says("/sms", REPLY)
    phone.text("+447700900999", "Somebody else")
    phone.text(SENDER, "First")
    phone.text(SENDER, "Second")

    bodies = [text.body for text in phone.thread(SENDER)]

    assert bodies == ["First", "Thank you & goodbye", "Second", "Thank you & goodbye"]


def test_a_retried_text_stands_in_the_thread_once(line, phone):
    phone.text(SENDER, "Hello", sid="SM1")

    phone.text(SENDER, "Hello", sid="SM1")

    assert len(line.asked("/sms")) == 2
    assert len(phone.thread(SENDER)) == 1


def test_a_line_that_fails_is_a_warning_and_no_reply(line, phone):
    line.says("/sms", "", status=500)

    assert phone.text(SENDER, "Hello") == []
    assert phone.warnings[0].startswith("11200")
    assert phone.thread(SENDER)[0].error == phone.warnings[0]


def test_a_failed_text_goes_to_the_fallback_address(line, make_phone):
    line.says("/sms", "", status=500)
    line.says("/fallback", REPLY)

    replies = make_phone(fallback_url=f"{line.url}/fallback").text(SENDER, "Hello")

    assert replies == ["Thank you & goodbye"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("", 1, id="nothing"),
        pytest.param("a" * 160, 1, id="the longest alone"),
        pytest.param("a" * 161, 2, id="one more"),
        pytest.param("a" * 306, 2, id="two full parts"),
        pytest.param("a" * 307, 3, id="three parts"),
        pytest.param("€" * 80, 1, id="the euro sign counts twice"),
        pytest.param("€" * 81, 2, id="and so needs two parts"),
        pytest.param("£" * 160, 1, id="the pound sign counts once"),
        pytest.param("ŵ" * 70, 1, id="Welsh letters halve the room"),
        pytest.param("ŵ" * 71, 2, id="and need more parts"),
        pytest.param("❤" + "a" * 69, 1, id="one heart makes all of it wide"),
        pytest.param("😀" * 36, 2, id="most emoji count twice"),
    ],
)
def test_parts_of_a_text(body, expected):
    assert segments(body) == expected
