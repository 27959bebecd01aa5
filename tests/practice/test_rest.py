"""Twilio's REST API as the line's worker meets it."""

import io
import wave

import pytest

from practice.page import build

CALLER = "+447700900123"
HOME = "/2010-04-01/Accounts/AC11111111111111111111111111111111"  # pragma: allowlist secret


@pytest.fixture
def recording(line, phone):
    line.says("/voice", "<Record action='/recorded'/>")
    phone.call(CALLER).speak("The nurse was kind")
    return phone.recordings.oldest_first()[0]


# pragma: allowlist nextline secret
@pytest.mark.parametrize("auth", [None, ("AC11111111111111111111111111111111", "wrong")])
def test_strangers_are_refused(client, auth):
    assert client.get(f"{HOME}/Calls.json", auth=auth).status_code == 401


def test_another_account_is_refused(client, owner):
    assert client.get("/2010-04-01/Accounts/AC2/Calls.json", auth=owner).status_code == 401


def test_the_audio_is_a_telephone_wav_of_somebody_speaking(client, owner, recording):
    answer = client.get(f"{HOME}/Recordings/{recording.sid}.wav", auth=owner)

    with wave.open(io.BytesIO(answer.data)) as wav:
        kind = (wav.getframerate(), wav.getsampwidth(), wav.getnchannels())
        frames = wav.readframes(wav.getnframes())
    assert answer.mimetype == "audio/x-wav"
    assert kind == (8000, 2, 1)
    assert any(frames)


def test_the_audio_is_not_ready_as_often_as_was_said(line, make_phone, owner):
    phone = make_phone(not_ready=2)
    line.says("/voice", "<Record action='/recorded'/>")
    phone.call(CALLER).speak("Hello")
    url = f"{HOME}/Recordings/{phone.recordings.oldest_first()[0].sid}.wav"
    client = build(phone).test_client()

    statuses = [client.get(url, auth=owner).status_code for _ in range(3)]

    assert statuses == [404, 404, 200]


def test_a_deleted_recording_is_gone(client, owner, recording):
    url = f"{HOME}/Recordings/{recording.sid}"

    assert client.delete(f"{url}.json", auth=owner).status_code == 204

    assert client.get(f"{url}.wav", auth=owner).status_code == 404
    assert client.delete(f"{url}.json", auth=owner).status_code == 404


def test_a_recording_tells_of_its_call(client, owner, recording):
    told = client.get(f"{HOME}/Recordings/{recording.sid}.json", auth=owner).json

    assert (told["call_sid"], told["status"]) == (recording.call_sid, "completed")
    assert told["date_created"].endswith("+0000")


def test_a_call_that_is_over_tells_how_long_it_was(line, client, owner, phone):
    line.says("/voice", "<Pause length='3'/>")
    call = phone.call(CALLER)

    told = client.get(f"{HOME}/Calls/{call.sid}.json", auth=owner).json

    assert (told["status"], told["duration"], told["from"]) == ("completed", "3", CALLER)


def test_a_text_that_no_webhook_brought_is_listed(line, client, owner, phone):
    line.says("/sms", "", status=500)
    phone.text(CALLER, "Hello", sid="SM1")

    told = client.get(f"{HOME}/Messages/SM1.json", auth=owner).json

    assert (told["body"], told["direction"], told["status"]) == ("Hello", "inbound", "received")


def test_lists_come_newest_first_and_a_page_at_a_time(client, owner, phone):
    for number in range(5):
        phone.text(CALLER, str(number))
    url, bodies = f"{HOME}/Messages.json?PageSize=2", []

    while url:
        page = client.get(url, auth=owner).json
        bodies.append([text["body"] for text in page["messages"]])
        url = page["next_page_uri"]

    assert bodies == [["4", "3"], ["2", "1"], ["0"]]


def test_a_text_that_arrives_while_pages_are_turned_is_not_listed_twice(client, owner, phone):
    phone.text(CALLER, "old")
    phone.text(CALLER, "new")
    first = client.get(f"{HOME}/Messages.json?PageSize=1", auth=owner).json
    phone.text(CALLER, "newest")

    second = client.get(first["next_page_uri"], auth=owner).json

    assert [text["body"] for text in second["messages"]] == ["old"]


def test_a_page_number_without_its_token_is_refused(client, owner):
    answer = client.get(f"{HOME}/Messages.json?Page=1", auth=owner)

    assert (answer.status_code, answer.json["code"]) == (400, 70002)


def test_lists_are_filtered(client, owner, phone):
    phone.text(CALLER, "Mine")
    phone.text("+447700900999", "Noise")

    page = client.get(f"{HOME}/Messages.json?From=%2B447700900123", auth=owner).json

    assert [text["body"] for text in page["messages"]] == ["Mine"]


def test_a_text_from_the_line_appears_in_the_phones_thread(client, owner, phone):
    form = {"To": CALLER, "From": phone.number, "Body": "We have read it"}

    answer = client.post(f"{HOME}/Messages.json", data=form, auth=owner)

    assert (answer.status_code, answer.json["status"]) == (201, "queued")
    assert [text.body for text in phone.thread(CALLER)] == ["We have read it"]


def test_the_delivery_of_a_text_is_called_back(line, client, owner, phone):
    form = {"To": CALLER, "From": phone.number, "Body": "Hello"}
    form["StatusCallback"] = f"{line.url}/sms/status"

    with client.post(f"{HOME}/Messages.json", data=form, auth=owner) as answer:
        assert line.asked("/sms/status") == []

    fields = line.asked("/sms/status")[0]
    assert (fields["MessageSid"], fields["MessageStatus"]) == (answer.json["sid"], "delivered")


def test_a_text_to_somebody_who_said_stop_is_refused(client, owner, phone):
    phone.refusals[CALLER] = 21610
    form = {"To": CALLER, "From": phone.number, "Body": "Hello"}

    answer = client.post(f"{HOME}/Messages.json", data=form, auth=owner)

    assert (answer.status_code, answer.json["code"]) == (400, 21610)


def test_a_text_without_words_is_refused(client, owner, phone):
    form = {"To": CALLER, "From": phone.number}

    answer = client.post(f"{HOME}/Messages.json", data=form, auth=owner)

    assert (answer.status_code, answer.json["code"]) == (400, 21602)
