"""Fills a line that `make run` started with a morning's practice data, by text and by phone.

python -m docs.practice_data http://localhost:8001
"""

import sys
import time

import requests

TEXTS = [
    (
        "+447700900101",
        [
            "The nurse on ward 4 was so kind to my mum. Please thank her.",
            "2 Russells Hall Dudley",
            "1",
            "2",
            "1",
        ],
    ),
    (
        "+447700900102",
        [
            "Could not get a GP appointment for three weeks, rang every day at 8.",
            "1 Lapal Halesowen",
            "5",
            "1",
            "2",
        ],
    ),
    ("+447700900103", ["I do not want to be here anymore, nobody at the clinic listens"]),
    ("+447700900104", ["The carers come late and dad gets no breakfast", "3", "4"]),
    ("+447700900105", ["Медсестра була дуже доброю, але ми чекали дев'ять годин"]),
    (
        "+447700900106",
        ["Dentist will not take NHS patients any more", "4 Bright Smile Walsall", "4"],
    ),
    (
        "+447700900107",
        ["Waited nine hours in A&E with chest infection. Staff were run off their feet"],
    ),
    ("+447700900108", ["Hospital letter came after the appointment. Again.", "2 City Hospital"]),
    ("+447700900109", ["Dr Patel rang me twice to see how I was 💙", "1 Netherton", "1", "1", "1"]),
    ("+447700900110", ["Pielęgniarka była bardzo miła, ale długo czekaliśmy", "2", "2"]),
    ("+447700900111", ["No interpreter came, so my daughter had to translate", "2", "5", "2"]),
    ("+447700900112", ["£12 to park for an afternoon of chemo", "2 New Cross", "2", "1"]),
    ("+447700900113", ["Discharged on a Friday night without my medicine. Chemist shut."]),
    ("+447700900114", ["I am deaf and the surgery only takes calls", "1 Stourbridge", "5", "1"]),
    ("+447700900115", ["Mum's carer Ann is wonderful, we could not do without her", "3", "1"]),
    ("+447700900116", ["They cancelled my operation the night before", "2 Corbett", "4", "1", "1"]),
    ("+447700900117", ["The ambulance took four hours, but the crew were lovely", "2", "3"]),
    ("+447700900118", ["Everything was explained to me twice. Felt safe.", "2 Sandwell", "1", "1"]),
]
CALLS = [
    (
        "+447700900123",
        "125",
        "we waited nine hours in a and e and nobody told us what was happening",
        "121",
    ),
    ("+447700900124", "121", "the nurse was very kind and the ward was clean", "111"),
    (None, "0", "the food was cold and my father could not reach his drink", "1"),
    ("+447700900125", "2", "please ring me back about my hospital appointment", "11"),
    ("+447700900126", "114", "i could not get an appointment with my doctor for three weeks", "11"),
    ("+447700900127", "135", "the carers come late every morning and she has no breakfast", "121"),
    ("+447700900128", "121", "please thank the nurse who sat with my mum", "111"),
    (None, "0", "the hospital lost my letter and i waited four months", "1"),
]


def main(phone: str) -> None:
    """Text and ring the line as people would."""
    for number, bodies in TEXTS:
        for body in bodies:
            post(phone, "/practice/texts", {"from": number, "body": body})
    for number, before, words, after in CALLS:
        call = post(phone, "/practice/calls", {"from": number})["sid"]
        for key in before:
            post(phone, f"/practice/calls/{call}/press", {"digits": key})
        post(phone, f"/practice/calls/{call}/speak", {"words": words, "end": "#"})
        for key in after:
            post(phone, f"/practice/calls/{call}/press", {"digits": key})
    time.sleep(3)


def post(phone: str, path: str, fields: dict[str, str | None]) -> dict[str, str]:
    """One act at the practice phone; what it answers."""
    answer = requests.post(phone + path, json=fields, timeout=20)
    found: dict[str, str] = answer.json()
    return found


if __name__ == "__main__":
    main(sys.argv[1])
