"""What is raised when a list that the line's people edit cannot be used."""


class WrongList(Exception):
    """A list of the script's folder cannot be used; the message names the file."""
