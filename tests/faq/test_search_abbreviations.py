"""Abbreviations are learnt from the definitions in approved answers."""

import pytest

from faq.search.abbreviations import Definition, learn


@pytest.mark.parametrize(
    ("text", "learnt"),
    [
        ("activity in the central nervous system (CNS)", [("CNS", "central nervous system")]),
        ("the blood-brain barrier (BBB) of mice", [("BBB", "blood-brain barrier")]),
        ("with type 2 diabetes (T2D)", [("T2D", "type 2 diabetes")]),
        ("selective estrogen receptor degraders (SERDs)", [("SERD", "selective estrogen receptor degraders")]),
        ("cyclin-dependent kinase 4 and 6 (CDK4/6)", [("CDK4/6", "cyclin-dependent kinase 4 and 6")]),
        ("im Zentralnervensystem (ZNS)", [("ZNS", "Zentralnervensystem")]),
        ("CNS (CNS) and CNS (CNS)", []),
        ("in 12 patients (see Table)", []),
        ("in each group (mg)", []),
        ("an objective thing (XYZ)", []),
        ("a dose (N = 3)", []),
        ("Of the barrier. Then (BBB)", []),
        ("overall survival (OS) and overall survival (OS)", [("OS", "overall survival")]),
    ],
)
def test_it_learns_what_is_defined(text, learnt):
    assert learn(text) == [Definition(*pair) for pair in learnt]
