"""An organisation's own policies: a file of SHACL, no Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import ClaimspineError
from graph.policies import SHIPPED, check_files, check_store, policy_shapes
from graph.store import Store

OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix spine: <https://w3id.org/claimspine/ns#> .
@prefix house: <https://example.org/policy#> .
house:recommendation a sh:NodeShape ; sh:targetClass spine:Recommendation ; sh:property house:dose .
house:dose a sh:PropertyShape ; sh:path spine:dose ; sh:minCount 1 ; sh:severity sh:Warning ;
  sh:message "dose: this house gives every recommendation a dose."@en .
"""
OFF = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix spine: <https://w3id.org/claimspine/ns#> .
spine:policy-step-has-evidence-line sh:deactivated true .
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "house.ttl"
    file.write_text(OWN)
    return file


def test_an_own_rule_is_told_with_file_and_line(evidence: Path, own: Path) -> None:
    [fault] = check_files([evidence], [own])
    assert fault.message == "dose: this house gives every recommendation a dose."
    assert fault.severity == "warning"
    assert str(fault.file).endswith("advice.yaml")
    assert fault.line == 1


# a constraint that is not compiled, so that pySHACL is asked
SLOW = """house:mechanism a sh:NodeShape ; sh:targetClass spine:Mechanism ; sh:sparql [
  sh:select "SELECT $this WHERE { $this a <urn:x> }" ] ."""


@pytest.mark.parametrize("more", ["", SLOW], ids=["compiled", "pySHACL"])
@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ("sh:path spine:dose ; sh:minCount 1", "dose: the policy asks for at least 1 of it."),
        (
            "sh:path spine:dose ; sh:minCount 2 ; sh:description 'two doses are told'",
            "dose: two doses are told",
        ),
        ("sh:path spine:text ; sh:maxLength 3", "text: the policy asks for 3 characters or fewer."),
        ("sh:nodeKind sh:BlankNode", "The policy asks for a node of the kind BlankNode."),
        (
            "sh:path spine:basedOn ; sh:qualifiedValueShape [ sh:class spine:Work ] ; sh:qualifiedMinCount 1",
            "basedOn: the policy asks for at least 1 of its values to be as another shape says.",
        ),
    ],
)
def test_a_shape_without_a_message_is_told_in_words(
    evidence: Path, tmp_path: Path, shape: str, message: str, more: str
) -> None:
    """It was told without a word, or in pySHACL's with its IRIs."""
    file = tmp_path / "house.ttl"
    head = OWN[: OWN.index("house:recommendation")]
    held = shape if "sh:path" not in shape else f"sh:property [ {shape} ]"
    file.write_text(f"{head} house:r a sh:NodeShape ; sh:targetClass spine:Recommendation ; {held} . {more}")
    [fault] = check_files([evidence], [file])
    assert fault.message == message


def test_a_long_path_is_told_by_its_keys(evidence: Path, tmp_path: Path) -> None:
    file = tmp_path / "house.ttl"
    head = OWN[: OWN.index("house:recommendation")]
    path = "( spine:basedOn [ sh:inversePath spine:bearsOn ] )"
    shape = f"sh:targetClass spine:Recommendation ; sh:property [ sh:path {path} ; sh:minCount 40 ]"
    file.write_text(f"{head} house:r a sh:NodeShape ; {shape} .")
    [fault] = check_files([evidence], [file])
    assert fault.message == "basedOn/^bearsOn: the policy asks for at least 40 of it."


@pytest.mark.parametrize("name", ["and", "class", "in", "not", "or", "node", "xone", "equals", "languageIn"])
def test_every_word_of_shacl_is_known(name: str, tmp_path: Path) -> None:
    """sh:class, sh:in, sh:or, sh:and and sh:not were refused as no terms of SHACL."""
    (tmp_path / "house.ttl").write_text(
        f"@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:{name} <urn:x> ."
    )
    assert f"shacl#{name}>" in policy_shapes([tmp_path / "house.ttl"])


def test_a_policy_on_rdf_names_file_and_line(loaded: Store, own: Path, tmp_path: Path) -> None:
    (tmp_path / "all.ttl").write_bytes(
        b"<urn:r> a <https://w3id.org/claimspine/ns#Claim> .\n<urn:q>\n"
        b" a <https://w3id.org/claimspine/ns#Recommendation> ."
    )
    [fault] = check_files([tmp_path / "all.ttl"], [own])
    assert str(fault).startswith(f"{(tmp_path / 'all.ttl').as_posix()}: near line 2: warning: ")


def test_shipped_and_own_together_and_one_turned_off(loaded: Store, own: Path, tmp_path: Path) -> None:
    off = tmp_path / "off.ttl"
    off.write_text(OFF)
    shipped = {fault.shape for fault in check_store(loaded, [SHIPPED])}
    both = {fault.shape for fault in check_store(loaded, [SHIPPED, own])}
    assert len(both - shipped) == 1
    step = {rule for rule in shipped if "step-has-evidence-line" in rule}
    assert step
    assert {fault.shape for fault in check_store(loaded, [SHIPPED, off])} == shipped - step


@pytest.mark.parametrize(
    ("text", "code"),
    [("this is not Turtle", "unreadable-policies"), ("<urn:a> <urn:b> <urn:c> .", "no-policies")],
)
def test_files_that_hold_no_policies_are_told(tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "x.ttl"
    file.write_text(text)
    with pytest.raises(ClaimspineError, match=code):
        policy_shapes([file])
    with pytest.raises(ClaimspineError):
        policy_shapes([tmp_path / "nowhere.ttl"])


def test_the_page_has_a_file_that_works(loaded: Store, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "policies.md").read_text("utf-8")
    file = tmp_path / "page.ttl"
    file.write_text(page.partition("```turtle\n")[2].partition("```")[0])
    found = check_store(loaded, [SHIPPED, file])
    assert any("this house" in fault.message for fault in found)
    assert not any("step-has-evidence-line" in fault.shape for fault in found)


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("sh:property", "sh:propperty", "sh:property"),
        ("sh:minCount", "sh:mincount", "sh:minCount"),
        ("spine:Recommendation", "spine:Recomendation", "spine:Recommendation"),
        ("sh:path spine:dose", "sh:path spine:does", "spine:dose"),
    ],
)
def test_a_misspelt_term_is_told_since_it_would_never_be_asked_about(
    tmp_path: Path, old: str, new: str, hint: str
) -> None:
    file = tmp_path / "house.ttl"
    file.write_text(OWN.replace(old, new))
    with pytest.raises(ClaimspineError) as caught:
        policy_shapes([file])
    assert caught.value.code == "unknown-term"
    assert caught.value.hint == f"did you mean {hint}?"
