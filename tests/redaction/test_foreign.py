"""Words in another language leave with nobody; numbers are found in any digits."""

import json

import pytest

from commands.export import export
from store.staff import Role
from tests.redaction.labelled import RULES, SENTENCES
from triage import redaction

WITHHELD = "[words in another language removed]"
ABROAD = {
    "Polish": "Bardzo dziękuję za opiekę nad moją mamą, pani Kowalska była cudowna",
    "Polish without marks": "moj maz Tomasz zmarl w szpitalu w maju",
    "Romanian": "doctorul Popescu a fost foarte bun cu noi",
    "Somali": "dhakhtarku ma dhegeysan, magacaygu waa Axmed Cali",
    "Urdu in Latin letters": "mera naam Farzana hai aur main bahut pareshan hoon",
    "Panjabi in Latin letters": "mere pita ji nu ward vich kise ne pani nahi dita",
    "Bengali in Latin letters": "amar ma onek kosto peyechen hospital e keu dekhe nai",
    "Ukrainian": "Моя мати Оксана чекала вісім годин",
    "Urdu": "میری والدہ نسرین کو بہت درد تھا",
    "Panjabi": "ਮੇਰੀ ਮਾਂ ਗੁਰਪ੍ਰੀਤ ਨੂੰ ਬਹੁਤ ਦਰਦ ਸੀ",
    "Bengali": "আমার মা ফাতেমা অনেক কষ্ট পেয়েছেন",
    "Arabic": "شكرا للممرضة فاطمة على رعايتها",
}
SHORT = [
    "dziekuje Ania",
    "shukriya Dr Rashid",
    "moja corka zosia",
    "multumesc Ioana",
    "diolch yn fawr Gwen",
]
PARTS = {
    "my name is ਗੁਰਪ੍ਰੀਤ and the ward was clean": f"my name is {WITHHELD} and the ward was clean",
    "Thank you all. Moja mama jest bardzo zadowolona. It was clean.": (
        f"Thank you all. {WITHHELD}. It was clean."
    ),
    "Моя мати\nThe ward was clean": f"{WITHHELD}\nThe ward was clean",
}
DIGITS = ["০৭৭০০৯০০১২৩", "۰۷۷۰۰ ۹۰۰۱۲۳", "٠٧٧٠٠٩٠٠١٢٣", "੦੭੭੦੦ ੯੦੦੧੨੩"]
KEPT = [
    "inshallah mum gets home on friday",
    "gracias to the nurses on ward 4",
    "im gonna tek mi mom 2 th hozpital coz shes bin proper bad",
    "5 µg and 10 Ω, naïve café 😊😊",
    "see https://www.nhs.uk/conditions/fibromyalgia-nhsuk",
    "Ramipril Amlodipine Atorvastatin Bisoprolol",
    WITHHELD,
]


@pytest.mark.parametrize("said", ABROAD.values(), ids=ABROAD)
def test_a_text_in_another_language_is_withheld_and_says_so(said):
    assert redaction.redact(RULES, said) == WITHHELD


@pytest.mark.parametrize("said", SHORT)
def test_a_few_words_are_withheld_where_one_is_common_in_another_language(said):
    assert redaction.redact(RULES, said) == WITHHELD


@pytest.mark.parametrize(("said", "left"), PARTS.items())
def test_only_the_part_in_another_language_is_withheld(said, left):
    assert redaction.redact(RULES, said) == left


@pytest.mark.parametrize("number", DIGITS)
def test_a_telephone_number_is_found_in_the_digits_of_other_scripts(number):
    assert redaction.redact(RULES, f"ring {number} now") == "ring [phone number removed] now"


@pytest.mark.parametrize("said", KEPT)
def test_slips_signs_and_medicines_are_no_other_language(said):
    assert redaction.redact(RULES, said) == said


def test_no_labelled_sentence_is_taken_for_another_language():
    every = [sentence for part in SENTENCES.values() for sentence in part]
    every = [s for s in every if not any(kind == "language" for _, _, kind in s.secrets)]
    assert [s.text for s in every if any(found.kind == "language" for found in s.taken)] == []


def test_an_export_a_reader_and_a_copy_show_that_words_were_withheld(run, desk, seat):
    item = desk.item(ABROAD["Polish"], place="Dudley")
    (left,) = map(json.loads, run(export, "--redacted").stdout.splitlines())
    assert left["words"] == WITHHELD
    assert left["place"] == "Dudley"
    assert WITHHELD in seat(Role.READER).get(f"/feedback/{item.reference}").text
    assert "Kowalska" in seat(Role.TRIAGER, "Tom").get(f"/feedback/{item.reference}").text
    offered = seat(Role.LEAD, "Lee").get(f"/feedback/{item.reference}/copy").text
    assert WITHHELD in offered.partition("<textarea")[2].partition("</textarea>")[0]
