"""What somebody's browser is called, so that they know their own sessions from a stranger's."""

BROWSERS = (  # the first that is found: most also name the browsers that they descend from
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def browser(given: str) -> str:
    """A browser's own description -> "Firefox on Windows"; a guess, for people to read."""
    name = next((words for mark, words in BROWSERS if mark in given), "A browser")
    system = next((f" on {words}" for mark, words in SYSTEMS if mark in given), "")
    return name + system
