"""How what was heard is made: a tool, not part of the program. See `hear`."""
