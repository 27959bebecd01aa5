"""The controls that the page and end-to-end tests use."""

import io
import wave

import pytest

NATIONAL = "07700 900123"
CALLER = "+447700900123"


def test_a_texter_gets_the_replies_and_the_thread(line, client):
    line.says("/sms", "<Message>Thank you</Message>")

    answer = client.post("/practice/texts", json={"from": NATIONAL, "body": "Hello"}).json

    assert (answer["from"], answer["replies"]) == (CALLER, ["Thank you"])
    assert [text["segments"] for text in answer["messages"]] == [1, 1]


def test_a_thread_is_read_again(client, phone):
    phone.text(CALLER, "Hello")

    answer = client.get("/practice/texts", query_string={"from": NATIONAL}).json

    assert [text["body"] for text in answer["messages"]] == ["Hello"]


def test_a_call_is_led_to_its_end(line, client):
    line.says("/voice", '<Gather action="/key" numDigits="1"/>')
    line.says("/key", '<Gather><Say>Wait</Say></Gather><Record action="/thanks"/>')
    line.says("/thanks", "<Say>Thank you</Say><Gather/>")
    call = client.post("/practice/calls", json={"from": NATIONAL}).json
    home = f"/practice/calls/{call['sid']}"

    pressed = client.post(f"{home}/press", json={"digits": "1"}).json
    waited = client.post(f"{home}/wait", json={}).json
    spoken = client.post(f"{home}/speak", json={"words": "Kind nurse", "end": "#"}).json
    over = client.post(f"{home}/hang-up", json={}).json

    assert (pressed["heard"], pressed["waiting"], pressed["timeout"]) == (["Wait"], "keys", 5)
    assert waited["waiting"] == "message"
    assert spoken["heard"] == ["Thank you"]
    assert (over["ended"], over["error"], over["from"]) == (True, None, CALLER)
    assert client.get(home).json == over


def test_a_caller_without_a_number_is_withheld(line, client):
    assert client.post("/practice/calls", json={"from": None}).json["from"] == "+266696687"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        pytest.param("/calls/CA0/press", {"digits": "1"}, 404, id="no such call"),
        pytest.param("/calls/{sid}/press", {"digits": "x"}, 400, id="no such key"),
        pytest.param("/calls/{sid}/press", {}, 400, id="no key"),
        pytest.param("/calls/{sid}/speak", {"words": "Hello"}, 409, id="no tone"),
        pytest.param("/calls/{sid}/speak", {"words": "Hi", "end": "?"}, 400, id="no such end"),
        pytest.param("/audio", {"text": "Hello", "voice": "nobody"}, 400, id="no such voice"),
        pytest.param("/manners", {"callbacks": "never"}, 400, id="no such order"),
        pytest.param("/manners", {"mood": "bad"}, 400, id="no such manner"),
        pytest.param("/texts", ["Hello"], 400, id="no object"),
    ],
)
def test_what_cannot_be_done_is_refused_as_json(line, client, phone, path, body, status):
    line.says("/voice", "<Gather/>")
    sid = phone.call(CALLER).sid

    answer = client.post("/practice" + path.format(sid=sid), json=body)

    assert answer.status_code == status
    assert answer.json["error"]


def test_nothing_can_be_done_after_the_end(client, phone):
    sid = phone.call(CALLER).sid

    assert client.post(f"/practice/calls/{sid}/wait", json={}).status_code == 409


def test_manners_change_how_twilio_is_played(client, phone):
    client.post("/practice/manners", json={"callbacks": "late", "not_ready": 1})

    assert (phone.manners.callbacks, phone.manners.not_ready) == ("late", 1)
    assert phone.manners.silent_record == "next verb"


def test_held_callbacks_are_delivered(line, client):
    client.post("/practice/manners", json={"callbacks": "late"})
    client.post("/practice/calls", json={"from": NATIONAL})

    answer = client.post("/practice/deliver", json={})

    assert answer.json == {"warnings": []}
    assert len(line.asked("/voice/status")) == 1


def test_prompts_can_be_heard(client):
    answer = client.post("/practice/audio", json={"text": "After the tone"})

    with wave.open(io.BytesIO(answer.data)) as wav:
        assert wav.getframerate() == 8000
        assert any(wav.readframes(wav.getnframes()))


@pytest.mark.parametrize("path", ["/texts", "/calls", "/audio", "/manners", "/deliver"])
def test_a_form_of_another_site_is_refused(client, path):
    assert client.post(f"/practice{path}", data={"from": CALLER}).status_code == 415
