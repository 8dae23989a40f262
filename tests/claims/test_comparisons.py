"""What the others got, by the words of a sentence and of an abstract."""

from __future__ import annotations

import pytest

from claims.abstracts.comparisons import given_to_controls, kinds_named, unknown_kind

WARM = "Sixty adults were randomised to lavender baths or to plain warm baths."
BATHS = f"{WARM} Controls received a leaflet on sleep and one visit by a nurse."


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The rest got a dummy tablet.", ("a placebo",)),
        ("They were wait-listed.", ("a waiting list",)),
        ("The others had their usual physical therapy.", ("usual care",)),
        ("She was on the waiting list for surgery.", ()),
        ("Nobody got anything.", ()),
    ],
)
def test_kinds_of_comparison(text: str, kinds: tuple[str, ...]) -> None:
    assert kinds_named(text) == kinds


def test_a_kind_that_the_abstract_does_not_know() -> None:
    assert unknown_kind("The others were put on a waiting list.", WARM) == ("a waiting list", ())
    blind = "In a double-blind trial 90 adults were randomised to receive lavender baths or rosemary baths."
    assert unknown_kind("It was compared with an inactive bath pill.", blind) == ("a placebo", ())
    untreated = (
        "Baths were compared to no-intervention; 14 adults were randomised to baths, 10 controls to none."
    )
    assert unknown_kind("The comparison group had conventional therapy.", untreated) == (
        "usual care",
        ("no-intervention",),
    )
    assert unknown_kind("The others got sham baths.", BATHS + " Usual care went on.") == (
        "a placebo",
        ("usual care",),
    )


@pytest.mark.parametrize(
    ("text", "abstract"),
    [
        (
            "The others got a dummy bath pill.",
            BATHS + " The trial was double-blind.",
        ),  # a placebo without its name
        ("The rest got a dummy pill.", "Lavender was tried in a double-blind study; controls slept worse."),
        ("The others had usual care.", BATHS),  # what they had may be called so
        ("The others were put on a waiting list.", BATHS + " A waitlist was offered."),
        (
            "The others got dummy baths and a sham leaflet.",
            WARM + " Itching fell more than in controls.",
        ),  # of what kind?
        ("The others were put on a waiting list.", WARM + " A meta-analysis."),
        ("The others were put on a waiting list.", "Baths are warm."),  # nothing is compared
        ("The others had warm baths.", BATHS),
    ],
)
def test_a_kind_that_it_may_know(text: str, abstract: str) -> None:
    assert unknown_kind(text, abstract) is None


def test_controls_that_went_without_what_they_got() -> None:
    got = "Controls received a leaflet on sleep"
    assert (
        given_to_controls("The control group got no leaflet on sleep.", BATHS)
        == got + " and one visit by a nurse."
    )


@pytest.mark.parametrize(
    "text",
    [
        "The control group got a leaflet on sleep.",
        "The control group got no lavender.",
        "Nobody got a leaflet on sleep.",
    ],
)
def test_controls_that_did_not(text: str) -> None:
    assert given_to_controls(text, BATHS) is None
