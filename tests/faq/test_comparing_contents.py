"""What is different between two versions beside their wording: references, figures, resources, dates."""

from faq.comparing.contents import Content, Drawing, Item, Source, compare


def make_content(**changes):
    fields = {
        "question": "How is it stored?",
        "short_answer": "<p>Dry.</p>",
        "body": "<p>Keep it dry.</p>",
        "what_changed": "",
        "sources": [],
        "drawings": [],
        "items": [],
        "facts": [],
        **changes,
    }
    return Content(**fields)


def make_drawing(key="curve", **changes):
    fields = {
        "title": "Curves",
        "image": "/media/a.svg",
        "description": "Two curves.",
        "abbreviations": "",
        "note": "",
        "values_table": "<table><tbody><tr><td>Day 1</td><td>5</td></tr></tbody></table>",
        "sources": ("doe",),
        **changes,
    }
    return Drawing(key, **fields)


def kinds(parts):
    return [(part.kind, part.name, [label for label, _ in part.rows]) for part in parts]


def test_the_same_content_has_no_difference():
    content = make_content(drawings=[make_drawing()], sources=[Source("doe", 1, "Doe J.")])
    assert not any(compare(content, content).changes.values())


def test_another_number_alone_is_noted_and_is_no_change():
    old = make_content(sources=[Source("doe", 1, "Doe J."), Source("roe", 2, "Roe R.")])
    new = make_content(sources=[Source("roe", 1, "Roe R."), Source("doe", 2, "Doe J.")])
    found = compare(old, new)
    assert found.renumbered == [("roe", 2, 1), ("doe", 1, 2)]
    assert found.changes["references"] == 0


def test_references_are_added_removed_and_worded_anew():
    old = make_content(sources=[Source("doe", 1, "Doe J. 2024."), Source("roe", 2, "Roe R.")])
    new = make_content(sources=[Source("doe", 1, "Doe J. 2025."), Source("poe", 2, "Poe E.")])
    assert kinds(compare(old, new).sources) == [
        ("changed", "doe", ["Text"]),
        ("added", "poe", []),
        ("removed", "roe", []),
    ]


def test_a_figure_says_what_changed_in_it():
    values = "<table><tbody><tr><td>Day 1</td><td>6</td></tr></tbody></table>"
    new = make_drawing(image="/media/b.svg", title="Two curves", values_table=values, sources=("doe", "roe"))
    found = compare(make_content(drawings=[make_drawing()]), make_content(drawings=[new]))
    assert kinds(found.drawings) == [("changed", "Two curves", ["Picture", "Title", "Table of values", "Taken from"])]


def test_a_resource_is_known_by_its_address():
    old = make_content(items=[Item("A poster", "Poster", "https://a.example", ""), Item("Old", "Other", "", "")])
    new = make_content(items=[Item("The poster", "Poster", "https://a.example", "")])
    assert kinds(compare(old, new).items) == [("changed", "The poster", ["Title"]), ("removed", "Old", [])]


def test_facts_stand_beside_each_other():
    old = make_content(facts=[("Last review", "May 1"), ("Label status", "On-label")])
    new = make_content(facts=[("Last review", "June 1"), ("Label status", "On-label")])
    assert [(fact.label, fact.is_change) for fact in compare(old, new).facts] == [
        ("Last review", True),
        ("Label status", False),
    ]


def test_what_moved_together_is_one_change():
    dose, rest = "<h2>Dose</h2><p>One a day.</p><p>With water.</p>", "".join(f"<p>Rest {n} here</p>" for n in range(5))
    assert compare(make_content(body=dose + rest), make_content(body=rest + dose)).changes["body"] == 1
