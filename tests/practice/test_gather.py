"""A caller who is asked for keys."""

import pytest

MENU = '<Gather action="/key" numDigits="1" timeout="4"><Say>Press one</Say></Gather><Say>Bye</Say>'
CALLER = "+447700900123"


def test_a_call_stands_still_at_a_gather(line, phone):
    line.says("/voice", MENU)

    call = phone.call(CALLER)

    assert (call.heard, call.waiting, call.timeout) == (["Press one"], "keys", 4)


def test_a_ringing_call_says_who_calls_whom(line, phone):
    phone.call(CALLER)

    fields = line.asked("/voice")[0]

    assert fields["CallStatus"] == "ringing"
    assert (fields["From"], fields["To"]) == (CALLER, phone.number)
    assert fields["FromCity"] == ""


def test_a_key_asks_the_action(line, phone):
    line.says("/voice", MENU)
    line.says("/key", "<Say>You pressed it</Say>")
    call = phone.call(CALLER)

    call.press("1")

    assert call.heard == ["You pressed it"]
    assert line.asked("/key")[0]["Digits"] == "1"
    assert line.asked("/key")[0]["msg"] == "Gather End"


def test_no_key_leads_to_the_next_verb(line, phone):
    line.says("/voice", MENU)
    call = phone.call(CALLER)

    call.wait()

    assert call.heard == ["Bye"]
    assert line.asked("/key") == []


def test_no_key_asks_the_action_when_it_wants_empty_results(line, phone):
    line.says("/voice", '<Gather action="/key" actionOnEmptyResult="true"/>')
    call = phone.call(CALLER)

    call.wait()

    assert "Digits" not in line.asked("/key")[0]


def test_the_finishing_key_alone_counts_as_no_key(line, phone):
    line.says("/voice", '<Gather action="/key"/><Say>Bye</Say>')
    call = phone.call(CALLER)

    call.press("#")

    assert call.heard == ["Bye"]


def test_the_finishing_key_is_told_beside_the_digits(line, phone):
    line.says("/voice", '<Gather action="/key"/>')
    call = phone.call(CALLER)

    call.press("42#")

    fields = line.asked("/key")[0]
    assert (fields["Digits"], fields["FinishedOnKey"]) == ("42", "#")


def test_hash_is_a_digit_where_no_key_finishes(line, phone):
    line.says("/voice", '<Gather action="/key" finishOnKey="" numDigits="1"/>')
    call = phone.call(CALLER)

    call.press("#")

    assert line.asked("/key")[0]["Digits"] == "#"


def test_keys_so_far_are_sent_when_the_next_one_does_not_come(line, phone):
    line.says("/voice", '<Gather action="/key" numDigits="4"/>')
    call = phone.call(CALLER)
    call.press("12")

    call.wait()

    assert line.asked("/key")[0]["Digits"] == "12"


def test_a_trembling_second_press_is_lost_in_the_prompt_before_a_gather(line, phone):
    line.says("/voice", '<Gather action="/key" numDigits="1"/>')
    line.says("/key", '<Pause/><Gather action="/second" numDigits="1"/>')
    call = phone.call(CALLER)

    call.press("11")

    assert call.waiting == "keys"
    assert line.asked("/second") == []


def test_a_second_press_answers_a_gather_that_listens_at_once(line, phone):
    line.says("/voice", '<Gather action="/key" numDigits="1"/>')
    line.says("/key", '<Gather action="/second" numDigits="1"><Say>More?</Say></Gather>')
    call = phone.call(CALLER)

    call.press("12")

    assert line.asked("/second")[0]["Digits"] == "2"
    assert call.heard == []


def test_an_action_that_is_not_given_is_the_current_document(line, phone):
    line.says("/voice", "<Redirect>menus/first?turn=2</Redirect>")
    line.says("/menus/first", '<Gather numDigits="1"/>')
    call = phone.call(CALLER)

    call.press("1")

    assert line.paths().count("/menus/first") == 2


def test_a_key_that_no_keypad_has_is_refused(line, phone):
    line.says("/voice", MENU)
    call = phone.call(CALLER)

    with pytest.raises(ValueError, match="keypad"):
        call.press("A")
