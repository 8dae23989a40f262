"""Where the reference list of an article is, and where each of its entries begins and ends."""

from __future__ import annotations

import pytest

from claims.reading import read_text
from claims.references import find
from claims.references.likeness import likeness

ENTRIES = (
    "Lee AB, Roe C. Oat fibre and blood pressure in older adults. Eur J Nutr. 2019;42(3):101-109.",
    "Öz, H., van den Berg, J., & Ruiz, M. (2020). Naps and memory. Thorax, 75(2), e101.",
    "World Health Organization. (2020). Guidelines on physical activity. https://www.who.int/x",
)


def listed(text: str, media_type: str = "text/markdown") -> list[str]:
    return [one.raw for one in find(read_text(text, media_type))]


@pytest.mark.parametrize(
    "heading", ["## References", "# Bibliography", "**Sources**", "Literature cited", "### 7. References:"]
)
def test_headed_lists(heading: str) -> None:
    body = "\n\n".join(ENTRIES)
    assert listed(f"# Oats\n\nOats help (Lee & Roe, 2019).\n\n{heading}\n\n{body}\n") == list(ENTRIES)


def test_footnotes_without_a_heading_are_the_list() -> None:
    notes = "\n".join(f"[^{number}]: {entry}" for number, entry in enumerate(ENTRIES, 1))
    text = f"# Oats\n\nOats help.[^1] Barley does too.[^2]\n\n{notes}\n"
    assert len(listed(text)) == len(ENTRIES)


def test_list_without_a_heading_and_a_note_after_it() -> None:
    text = (
        "Oats help (Lee & Roe, 2019).\nNaps help too.\n"
        + "\n".join(ENTRIES[:2])
        + "\nThis is not medical advice."
    )
    assert listed(text, "text/plain") == list(ENTRIES[:2])


def test_numbered_list_keeps_its_numbers() -> None:
    text = "Oats help [4].\n\n## References\n\n4. " + ENTRIES[0] + "\n5. " + ENTRIES[1] + "\n"
    found = find(read_text(text, "text/markdown"))
    assert [one.label for one in found] == ["4", "5"]
    assert [one.index for one in found] == [1, 2]


def test_lines_of_one_paragraph_are_entries_of_their_own() -> None:
    text = "Oats help.\n\n## References\n\n" + "\n".join(ENTRIES[:2]) + "\n"
    assert listed(text) == list(ENTRIES[:2])


def test_wrapped_entries_of_a_plain_text_are_whole() -> None:
    text = (
        "Oats help.\n\nReferences\n\nLee AB, Roe C. Oat fibre and blood pressure\n"
        "    in older adults. Eur J Nutr. 2019;42(3):101-109.\n"
        "Hill D. Naps and the memory of bus drivers in winter\n    and summer. Thorax. 2020;75(2):11-19.\n"
    )
    assert listed(text, "text/plain") == [
        ENTRIES[0],
        "Hill D. Naps and the memory of bus drivers in winter and summer. Thorax. 2020;75(2):11-19.",
    ]


def test_hanging_entries_are_whole_wherever_the_lines_break() -> None:
    text = (
        "Oats help.\n\nReferences\n\nLee, A. B., & Roe, C. (2019). Oat fibre and falls: a trial. Journal of\n"
        "    Made-up Ageing, 12(3), 45–52. https://doi.org/10.5555/jfa.2019.1\n"
        "Hill, D. (2020). Naps. Journal of\n    Made-up Ageing, 12(4), 101–110.\n"
    )
    assert [one.split(" (")[0] for one in listed(text, "text/plain")] == ["Lee, A. B., & Roe, C.", "Hill, D."]


def test_web_pages_beside_convincing_entries_are_entries() -> None:
    guideline = "World Health Organization (2016) Recommendations on oats. Geneva: WHO."
    told = (
        "Oats lower cholesterol (Lee et al. 2019, p. 5). According to Roe and Hill (2015), oats cut falls. "
        "The trial by Hill (Hill 2020) was small; so was that of Öz and colleagues (2011)."
    )
    text = "\n\n".join(("Oats", told, ENTRIES[0], guideline, ENTRIES[1], guideline))
    assert listed(text, "text/plain") == [ENTRIES[0], guideline, ENTRIES[1], guideline]
    assert likeness(told) < 3


def test_an_entry_has_the_identifier_that_it_links_to() -> None:
    text = (
        "Oats help [1].\n\n## References\n\n1. Lee A. Oats. Eur J Nutr. 2019;42(3):101-109. "
        "[PubMed](https://pubmed.ncbi.nlm.nih.gov/12345678/) [Full text](https://doi.org/10.5555/oat.1)\n"
        "2. Roe B. Tea. Tea Sci. 2018;1(1):1-2. [Link](https://doi.org/10.5555/tea.1)\n\n"
        "[x]: https://doi.org/10.5555/other\n"
    )
    found = find(read_text(text, "text/markdown"))
    assert [(one.fields.doi, one.fields.pmid) for one in found[:2]] == [
        ("10.5555/oat.1", "12345678"),
        ("10.5555/tea.1", None),
    ]


def test_signs_that_lead_back_to_the_text_are_no_part_of_an_entry() -> None:
    text = (
        "<p>Oats help.</p><h2>References</h2>"
        "<ol><li>^ <a>a</a> <a>b</a> Lee A. Oats. Eur J Nutr. 2019;42(3):101-109.</li>"
        "<li>Roe B. Tea. Tea Sci. 2018;1(1):1-2. <a>↩︎</a> <a>↩︎2</a></li></ol>"
    )
    assert listed(text, "text/html") == [
        "Lee A. Oats. Eur J Nutr. 2019;42(3):101-109.",
        "Roe B. Tea. Tea Sci. 2018;1(1):1-2.",
    ]


def test_prose_is_no_reference_list() -> None:
    text = (
        "Oats help (Lee & Roe, 2019).\n\nIn 2020, the World Health Organization said that people "
        "should move more.\n\n"
        "Smith, who ran in 2019, felt better after 12 weeks: 30 % less pain.\n"
    )
    assert all(block.kind != "reference" for block in read_text(text, "text/markdown").blocks)
    assert (
        likeness("A large cohort study published in Thorax (2025) found less pain (Shang et al., 2025).") < 4
    )


def test_spans_are_those_of_the_entry() -> None:
    text = "Oats help.\n\n## References\n\n1. *Lee AB*, Roe C. Oats. Eur J Nutr. 2019;42(3):101-109.\n"
    (found,) = find(read_text(text, "text/markdown"))
    assert text[found.span.start : found.span.end] == "Lee AB*, Roe C. Oats. Eur J Nutr. 2019;42(3):101-109."
