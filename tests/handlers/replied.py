"""Which reply of the script came back to a text."""

# What comes back, by words that only that reply has.
KINDS = {
    "child's crisis": "day or night, free: Childline",
    "crisis": "You matter. In danger now: call 999.",
    "neutral": "this phone safe for us to text?",
    "thanks": "we may text you. You can tell us more",
    "quiet": "will not text back",
    "kept": "we have that too",
    "advice": "tell us what you need and we may ring",
    "held": "To talk: Samaritans",
    "service": "Which service? Reply",
    "rating": "Overall, how was your experience",
    "about": "Who was the care for? Reply",
    "contact": "May we text you back? Reply",
    "added": "we have added that to",
    "new": "tell us about the other service",
    "stop": "we will not text you again",
    "start": "you will get our texts again",
    "help": "For advice, text ADVICE",
    "delete": "a trained person decides",
    "may": "we may text you about this",
    "may not": "we will not text or ring you about this",
}


def kind(reply):
    if reply is None:
        return None
    return next(name for name, words in KINDS.items() if words in reply)
