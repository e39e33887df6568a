from assistant.retrieval.evidence import CitableSource, section_of


def source(*, cite_notes: bool = False, excluded: frozenset[int] = frozenset()) -> CitableSource:
    return CitableSource("s", "r", "Title", "deck", "en", "pptx", cite_notes, excluded)


def test_notes_are_left_out_unless_the_approval_names_them() -> None:
    assert not source().allows("notes", [1])
    assert source(cite_notes=True).allows("notes", [1])


def test_a_passage_that_touches_an_excluded_page_is_left_out() -> None:
    assert not source(excluded=frozenset({3})).allows("body", [2, 3])


def test_the_section_is_named_with_its_number() -> None:
    path = ("4. CLINICAL PARTICULARS", "4.2 Posology", "Elderly")
    assert section_of(path) == "4.2 Posology › Elderly"


def test_a_numbered_section_is_not_named_twice() -> None:
    assert section_of(("4. CLINICAL PARTICULARS", "4.3 Contraindications")) == "4.3 Contraindications"
