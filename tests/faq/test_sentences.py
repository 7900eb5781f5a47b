"""Where sentences end, in English and German, and whose the marks of sources are."""

import pytest

from faq.checklist.sentences import MARK, sentences

ONE = [
    "Store it below 25 °C.",
    "Store it below 25 °C",
    "The dose is 0.5 mg once daily.",
    "The difference was significant (p = .03).",
    "p = .03 was the threshold.",
    "Use other drugs, e.g. Corvadune or warfarin.",
    "It was tested vs. placebo and vs. Corvadune.",
    "Dr. Smith and Prof. Jones reported it.",
    "It is approved in the U.S. Virgin Islands.",
    "Doses were given b.i.d. or t.i.d. in both arms.",
    "J. A. Doe and M. K. Roe described it.",
    "See Fig. 2 and No. 3 of the label.",
    "Doe et al. Lancet was the source.",
    "The ratio was 0.47 (95% CI, 0.16 to 1.38; P=.04).",
    "Version 2.1.3 of the protocol applied.",
    "Go to www.example.org for more.",
    "Write to medinfo@aldermoor.example today.",
    "It took 3.5 h (range, 1.5–8.0 h).",
    "He said “stop” and left.",
    "Patients with vitamin D. deficiency were excluded.",
    "Die Dosis beträgt 0,5 mg, d. h. eine halbe Tablette.",
    "Z. B. Corvadune kann gegeben werden.",
    "Bei Patienten, z. B. Kindern, ca. 20 mg bzw. 40 mg geben.",
    "Am 3. März 2026 wurde die Fachinformation geändert.",
    "Ab dem 2. Zyklus wird die Dosis halbiert.",
    "Vgl. Abb. 3 und Tab. 2.",
    "Dies gilt u. a. Frauen.",
    "Mindestens 1.000 IE/ml, inkl. Reserve.",
    "It failed (why? Nobody knows) in one arm.",
]
SEVERAL = [
    ("One. Two.", ["One.", "Two."]),
    ("Is it safe? Yes! It is.", ["Is it safe?", "Yes!", "It is."]),
    ("Give 5 mg. Then wait.", ["Give 5 mg.", "Then wait."]),
    ("The dose is 5. Then wait.", ["The dose is 5.", "Then wait."]),
    (
        "Approved in the U.S. It is not approved in the E.U. The label says so.",
        ["Approved in the U.S.", "It is not approved in the E.U.", "The label says so."],
    ),
    ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
    ("(It was small.) It was early.", ["(It was small.)", "It was early."]),
    ("It fell by 3%. In 12 of 40 (30%) it rose.", ["It fell by 3%.", "In 12 of 40 (30%) it rose."]),
    ("Patients lacked vitamin D. The dose was raised.", ["Patients lacked vitamin D.", "The dose was raised."]),
    ("Child-Pugh B. Corvadune is reduced.", ["Child-Pugh B.", "Corvadune is reduced."]),
    ("Tablets, syrup, etc. The rest is safe.", ["Tablets, syrup, etc.", "The rest is safe."]),
    ("Twice daily, b.i.d. Patients took it.", ["Twice daily, b.i.d.", "Patients took it."]),
    ("It ended… Then it began.", ["It ended…", "Then it began."]),
    ("One line\nanother line", ["One line", "another line"]),
    ("Lagern Sie es kühl. Nicht einfrieren.", ["Lagern Sie es kühl.", "Nicht einfrieren."]),
    ("Es sagt: „Nicht teilen.“ Dann folgt mehr.", ["Es sagt: „Nicht teilen.“", "Dann folgt mehr."]),
    ("Die INR liegt unter 2,0. Dann beginnen.", ["Die INR liegt unter 2,0.", "Dann beginnen."]),
    ("", []),
    (" … ", []),
]
MARKED = [
    (f"One.{MARK} Two.", [f"One.{MARK}", "Two."]),
    (f"One{MARK}. Two.{MARK}", [f"One{MARK}.", f"Two.{MARK}"]),
    (f"One. {MARK} Two.", [f"One. {MARK}", "Two."]),
    (f"One.{MARK}{MARK} Two.", [f"One.{MARK}{MARK}", "Two."]),
    (f"One{MARK}, and half.{MARK}", [f"One{MARK}, and half.{MARK}"]),
    (
        f"It is approved in the U.S.{MARK} imlunestrant is not.",
        [f"It is approved in the U.S.{MARK}", "imlunestrant is not."],
    ),
    (f"One.\n{MARK}", [f"One.{MARK}"]),
    (f"He said “stop.”{MARK} Then he left.", [f"He said “stop.”{MARK}", "Then he left."]),
    (f"Doses of 0.5 mg{MARK} and 1.5 mg.", [f"Doses of 0.5 mg{MARK} and 1.5 mg."]),
]


@pytest.mark.parametrize("text", ONE)
def test_it_breaks_no_sentence_in_the_middle(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_it_parts_sentences(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_a_mark_belongs_to_the_sentence_before_it(text, expected):
    assert sentences(text) == expected
