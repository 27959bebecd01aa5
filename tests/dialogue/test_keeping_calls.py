"""What a caller pressed and said, on rows: where it stands, and what it is kept with."""

from store.models import Channel, Feedback


def by_rank(door):
    return [item.channel for item in sorted(door.rows(Feedback), key=lambda item: item.rank)]


def test_keys_alone_stand_with_the_texts_by_their_age(door):
    door.text("SM1", "I waited nine hours with my dad and nobody came to us")
    door.turn("CA1", "0")
    door.turn("CA1", "1", Digits="1")
    door.turn("CA1", "2", Digits="1")

    assert by_rank(door) == [Channel.TEXT, Channel.VOICE]
    assert len({item.rank for item in door.rows(Feedback)}) == 1


def test_a_voice_after_the_keys_stands_above_the_texts(door):
    door.text("SM1", "I waited nine hours with my dad and nobody came to us")
    door.turn("CA1", "0")
    for turn, key in enumerate("125", 1):
        door.turn("CA1", str(turn), Digits=key)
    door.turn("CA1", "4", RecordingSid="RE1", RecordingDuration="9", Digits="#")

    assert by_rank(door) == [Channel.VOICE, Channel.TEXT]


def test_a_voice_that_only_twilio_told_of_stands_above_the_texts(door):
    door.text("SM1", "I waited nine hours with my dad and nobody came to us")
    door.recorded("CA1", "RE1", "completed", 9)

    assert by_rank(door) == [Channel.VOICE, Channel.TEXT]
