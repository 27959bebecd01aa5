"""Numbers as people say them, and their digits."""

ONE = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
ONES = {name: str(n) for n, name in enumerate(ONE)}
ONES |= dict.fromkeys(["oh", "o", "nought", "naught", "nowt", "nil", "nort", "noughts"], "0")
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]
TEEN = {name: str(n) for n, name in enumerate([*TEENS, "eighteen", "nineteen"], 10)}
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
TEN = {name: str(10 * n) for n, name in enumerate(TENS, 2)} | {"fourty": "40", "ninty": "90"}
