def test_a_first_text_becomes_feedback_and_gets_a_reference(line):
    reply = line.text("My nan waited nine hours in A&E at Russells Hall.")

    item = line.items()[0]
    assert [t.body for t in item.texts] == ["My nan waited nine hours in A&E at Russells Hall."]
    assert f"{item.reference[:4]}-{item.reference[4:]}" in reply


def test_a_whole_conversation_by_text(line):
    line.text("The ward was clean and kind")
    assert "Overall" in line.text("2 Russells Hall Dudley")
    assert line.text("1").startswith("Very good. Who was the care for?")
    assert "Good or bad, it helps" in line.text("two")
    assert "we may text you" in line.text("YES")

    item = line.items()[0]
    assert (item.service, item.place, item.rating, item.about, item.contact, item.complete) == (
        "hospital",
        "Russells Hall Dudley",
        "very_good",
        "someone_else",
        True,
        True,
    )


def test_a_whole_call(line):
    call = line.ring()
    assert "press 1" in call.heard
    call.press("1", "2", "5")
    assert call.waits == "message"
    call.speak()
    call.press("1", "2", "1")
    item = line.items()[0]
    assert ", ".join(item.reference) in call.heard
    assert call.waits == "end"
    assert (item.service, item.rating, item.about, item.contact) == (
        "hospital",
        "very_poor",
        "someone_else",
        True,
    )
