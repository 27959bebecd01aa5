"""What is said last is read like anything else."""

from speech.reading import read, shown


def test_a_message_that_ends_with_the_gp_is_read_to_its_end():
    assert shown(read(["i", "cannot", "get", "an", "appointment", "at", "the", "g", "p"])).endswith(
        "GP"
    )
