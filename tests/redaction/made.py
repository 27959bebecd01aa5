"""Sentences by the thousand: `frames.toml` filled with names and numbers, seeded."""

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
LISTED = tomllib.loads((HERE / "frames.toml").read_text("utf-8"))
ONE, TEEN, TEN, ORDINAL, MONTH, STREET, END = (
    LISTED["fill"][kind].split()
    for kind in ("one", "teen", "ten", "ordinal", "month", "street", "end")
)
HOUSE = ["Rose Cottage", "The Willows", "Ivy House", "The Old School House", "Oak Lodge"]
AREA = ["DY1", "B14", "WS10", "WV6", "B69", "DY8", "ST16", "B7", "WV14", "CV6"]
HOST = ["gmail.com", "hotmail.co.uk", "yahoo.co.uk", "btinternet.com", "outlook.com"]
KINDS = {
    "P": "phone", "A": "address", "C": "postcode", "B": "bank", "D": "birth", "E": "email",
    "I": "ni", "H": "number", "N": "nhs", "V": "plate", "G": "age", "W": "web",
}  # fmt: skip
Dice = random.Random


def made(part: str, times: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """How (written, spoken) and the marked sentence: each frame so many times."""
    listed = LISTED[part]
    people = [who.split(" ", 1) for who in listed["people"].strip().split("|")]
    dice = Dice(f"{part}{seed}")
    for how in ("written", "spoken"):
        for frame in listed[how].strip().splitlines():
            for _ in range(times):
                yield how, _filled(frame, how, people, dice)


def _filled(frame: str, how: str, people: list[list[str]], dice: Dice) -> str:
    small = how == "written" and dice.random() < 0.25
    spoken = how == "spoken"

    def name(said: str) -> str:
        said = said.lower() if small or spoken else said
        return said.translate(str.maketrans("-", " ")) if spoken else said

    def fill(match: re.Match[str]) -> str:
        what = match[1]
        first, last = dice.choice(people)
        if what == "F} {L":
            return f"{{{{name:{name(f'{first} {last}')}}}}}"
        if what in "FL":
            return f"{{{{name:{name(first if what == 'F' else last)}}}}}"
        said = MAKERS[what](dice, spoken)
        said = said if "<" in said else f"<{said}>"
        return said.replace("<", f"{{{{{KINDS[what]}:").replace(">", "}}")

    made = re.sub(r"\{(F\} \{L|[A-Z])\}", fill, frame)
    return made.lower() if small else made


def _digits(dice: Dice, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


def _said(dice: Dice, digits: str) -> str:
    """Digits as people read them out."""
    nought = dice.choice(["oh", "oh", "zero", "nought"])
    some = dice.choice(["plain", "double", "double", "pairs", "pause"])
    words: list[str] = []
    at = 0
    while at < len(digits):
        same = len(digits[at:]) - len(digits[at:].lstrip(digits[at]))
        one = nought if digits[at] == "0" else ONE[int(digits[at])]
        if some != "plain" and same >= 3 and dice.random() < 0.6:
            words += [dice.choice(["treble", "triple"]), one]
            at += 3
        elif some != "plain" and same >= 2 and dice.random() < 0.8:
            words += ["double", one]
            at += 2
        elif some == "pairs" and at and digits[at] > "1" and len(digits) > at + 1:
            low = digits[at + 1]
            words += [TEN[int(digits[at]) - 2], *([ONE[int(low)]] if low != "0" else [])]
            at += 2
        else:
            words.append(one)
            at += 1
        if some == "pause" and dice.random() < 0.12 and at < len(digits):
            words.append(dice.choice(["um", "er", "and then", "then", "erm"]))
    return " ".join(words)


def phone(dice: Dice, spoken: bool) -> str:
    number = dice.choice(["07700900", "01214960", "01632960", "02079460"]) + _digits(dice, 3)
    if spoken:
        if dice.random() < 0.1:
            return "plus four four " + _said(dice, number[1:])
        return _said(dice, number)
    shapes = [
        number, f"{number[:5]} {number[5:]}", f"{number[:5]} {number[5:8]} {number[8:]}",
        f"{number[:4]} {number[4:7]} {number[7:]}", f"+44 {number[1:5]} {number[5:]}",
        f"+44{number[1:]}", f"({number[:5]}) {number[5:]}", f"{number[:5]}-{number[5:]}",
        f"0044 {number[1:]}", f"{number[:5]}.{number[5:8]}.{number[8:]}", " ".join(number),
        f"+44 (0){number[1:5]} {number[5:]}", f"{number[:3]} {number[3:7]} {number[7:]}",
    ]  # fmt: skip
    return dice.choice(shapes)


def nhs(dice: Dice, spoken: bool) -> str:
    digits = dice.choice(["9434765919", "9990000018", "9990000026", "4857773456", "4505577104"])
    if spoken:
        return _said(dice, digits)
    groups = [digits[:3], digits[3:6], digits[6:]]
    return dice.choice([digits, " ".join(groups), "-".join(groups)])


def _number(n: int) -> str:
    if n < 10:
        return ONE[n]
    if n < 20:
        return TEEN[n - 10]
    if n < 100:
        return TEN[n // 10 - 2] + (f" {ONE[n % 10]}" if n % 10 else "")
    return f"a hundred and {_number(n % 100)}" if n % 100 else "a hundred"


def address(dice: Dice, spoken: bool) -> str:
    number = dice.randint(1, 150)
    street = f"{dice.choice(STREET)} {dice.choice(END)}"
    if spoken:
        flat = f"flat {_number(dice.randint(1, 30))} " if dice.random() < 0.2 else ""
        if dice.random() < 0.1:
            return dice.choice(HOUSE).lower() + f" {street.lower()}"
        return f"{flat}{dice.choice(['', '', 'number '])}{_number(number)} {street.lower()}"
    shapes = [
        f"{number} {street}", f"{number} {street}", f"{number}a {street}", f"No. {number} {street}",
        f"Flat {number % 30 + 1}, {number} {street}", f"{dice.choice(HOUSE)}, {street}",
        f"Flat {number % 30 + 1} {dice.choice(STREET)} House", f"{number}, {street}",
    ]  # fmt: skip
    return dice.choice(shapes)


def postcode(dice: Dice, spoken: bool) -> str:
    area = dice.choice(AREA)
    inner = dice.choice("123456789") + dice.choice("ABDEFGHJLN") + dice.choice("PQRSTUWXYZ")
    if not spoken:
        return dice.choice([f"{area} {inner}", f"{area}{inner}", f"{area} {inner}".lower()])
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", area).groups()
    told = _number(int(digits)) if dice.random() < 0.7 else _said(dice, digits)
    bravo = dice.random() < 0.1 and letters == "B"
    start = "b for bravo" if bravo else " ".join(letters.lower())
    return f"{start} {told} {ONE[int(inner[0])]} {inner[1].lower()} {inner[2].lower()}"


def birth(dice: Dice, spoken: bool) -> str:
    day, month, year = dice.randint(1, 20), dice.randint(1, 12), dice.randint(1930, 1999)
    name = MONTH[month - 1]
    if spoken:
        said = dice.choice([_number(year % 100), f"nineteen {_number(year % 100)}"])
        if year % 100 < 10 or year % 100 == 0:
            said = f"nineteen {_number(50)}"
        return dice.choice([
            f"{ORDINAL[day - 1]} of {name} {said}", f"{name} the {ORDINAL[day - 1]} {said}",
            f"{ORDINAL[day - 1]} of the {ORDINAL[month - 1]} {said}",
            f"{ORDINAL[day - 1]} {name} {said}",
            f"{_number(day)} {_number(month)} {said}", f"the {ORDINAL[day - 1]} of {name} {said}",
        ])  # fmt: skip
    end = {1: "st", 2: "nd", 3: "rd"}.get(day if day < 4 else 0, "th")
    return dice.choice([
        f"{day:02}/{month:02}/{year}", f"{day}/{month}/{year % 100:02}", f"{day}.{month}.{year}",
        f"{day} {name.title()} {year}", f"{day}{end} {name.title()} {year}",
        f"{day}-{month:02}-{year}",
        f"{name.title()} {day}{end} {year}", f"{day} {name.title()[:3]} {year % 100:02}",
        f"{year}-{month:02}-{day:02}", f"{day:02}{month:02}{year}",
        f"{day}{end} of {name.title()}, {year}",
    ])  # fmt: skip


def email(dice: Dice, spoken: bool) -> str:
    box = dice.choice(["jean.smith", "p_kaur", "dave42", "sue-hill", "mo.ali99", "theharrisons"])
    host = dice.choice(HOST)
    if not spoken:
        return f"<{box}{dice.randint(1, 99)}@{host}>"
    for sign, word in ((".", "dot"), ("_", "underscore"), ("-", "dash")):
        box = box.replace(sign, f" {word} ")
    box = re.sub(r"(\d+)", lambda n: f" {_number(int(n[1]))}", box)
    more = dice.choice(["", "", "", " all one word", " all lower case"])
    return f"<{box} at {host.replace('.', ' dot ')}>{more}"


def insured(dice: Dice, spoken: bool) -> str:
    letters, digits, last = (
        dice.choice(["QQ", "JK", "AB", "NE"]),
        _digits(dice, 6),
        dice.choice("ABCD"),
    )
    if spoken:
        return f"{' '.join(letters.lower())} {_said(dice, digits)} {last.lower()}"
    pairs = f"{letters} {digits[:2]} {digits[2:4]} {digits[4:]} {last}"
    return dice.choice([f"{letters}{digits}{last}", pairs, pairs.lower()])


def hospital(dice: Dice, spoken: bool) -> str:
    digits = dice.choice("123456789") + _digits(dice, 6)
    if spoken:
        return _said(dice, digits)
    return dice.choice(
        [digits, f"R{digits}", f"RL4 {digits[:6]}", f"{digits[:3]} {digits[3:]}", f"K{digits[:6]}"]
    )


def plate(dice: Dice, spoken: bool) -> str:
    letters, last = (
        dice.choice(["BD", "YJ", "KP", "FN", "LK"]),
        dice.choice(["SMR", "KLO", "XVJ", "TWE"]),
    )
    digits = dice.choice(["51", "14", "62", "19", "70"])
    if spoken:
        return f"{' '.join(letters.lower())} {_number(int(digits))} {' '.join(last.lower())}"
    whole = f"{letters}{digits} {last}"
    return dice.choice([whole, whole.replace(" ", ""), whole.lower()])


def bank(dice: Dice, spoken: bool) -> str:
    code, account = dice.choice(["200000", "309801", "401209"]), _digits(dice, 8)
    if spoken:
        return f"sort code <{_said(dice, code)}> account number <{_said(dice, account)}>"
    dashed = f"{code[:2]}-{code[2:4]}-{code[4:]}"
    return dice.choice([f"<{dashed}> <{account}>", f"sort code <{dashed}> account <{account}>"])


def age(dice: Dice, spoken: bool) -> str:
    years = dice.randint(90, 104)
    return _number(years) if spoken else str(years)


def web(dice: Dice, spoken: bool) -> str:
    return dice.choice(
        ["@jeansmith52", "www.facebook.com/jean.smith", "https://x.com/mo_ali", "@mo.ali_99"]
    )


MAKERS: dict[str, Callable[[Dice, bool], str]] = {
    "P": phone, "A": address, "C": postcode, "B": bank, "D": birth, "E": email, "I": insured,
    "H": hospital, "N": nhs, "V": plate, "G": age, "W": web,
}  # fmt: skip
