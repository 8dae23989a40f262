"""What an abstract names together and never alone, by its words."""

from __future__ import annotations

import pytest

from claims.abstracts.combined import never_alone


@pytest.mark.parametrize(
    ("abstract", "pairs"),
    [
        (
            "Runners had kelp paste plus silicone socks, or silicone socks alone.",
            {("kelp paste", "silicone socks")},
        ),
        ("We gave kelp plus placebo or kelp plus arnica.", {("arnica", "kelp")}),
        ("Kelp alone or in combination with arnica was given.", set()),
        ("Kelp plus arnica, kelp monotherapy and arnica monotherapy were compared.", set()),
        ("Kelp was compared with usual care plus advice.", set()),
        ("BACKGROUND: Kelp plus arnica is common. METHODS: We gave kelp. RESULTS: Cracks closed.", set()),
        ("Kelp in addition to arnica was tried.", {("Kelp", "arnica")}),  # what arnica alone did is known
        ("", set()),
    ],
)
def test_what_is_never_named_without_its_partner(abstract: str, pairs: set[tuple[str, str]]) -> None:
    assert set(never_alone(abstract)) == pairs


def test_a_group_of_a_pair_that_the_title_names_is_that_of_both() -> None:
    abstract = "Kelp paste plus arnica was rubbed in. Cracks closed in the kelp paste group only."
    assert set(never_alone(abstract)) == {("arnica", "Kelp paste")}
    assert ("Kelp paste", "arnica") in never_alone(abstract, "Kelp paste plus arnica for cracks")
