"""What was probably meant: the nearest value of a scheme, key, class or id to one that is misspelt."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.jsonld import by_property
from graph.terms import SH
from graph.vocabulary import triples as shipped
from ontology.loader import DATA_BASE
from ontology.terms import Adopted, Class

if TYPE_CHECKING:
    from graph.validation import Fault

_MANY = 50  # faults: of more, the first are enough to see what went wrong
_WORDS = re.compile(r"[^a-z0-9]+")


def nearest(written: str, known: Iterable[str], cutoff: float = 0.75) -> str | None:
    """The known word that is most like the written one, whatever its case and separators.

    >>> nearest("Randomized Controlled_Trial", ["cohort", "randomised-controlled-trial"])
    'randomised-controlled-trial'
    """
    plain: dict[str, str] = {}
    # of "Dose" and "dose" the one that is written like it
    for word in sorted(known, key=lambda one: (one[:1].isupper() != written[:1].isupper(), one)):
        plain.setdefault(_WORDS.sub("-", word.lower()), word)
    found = difflib.get_close_matches(_WORDS.sub("-", written.lower()), list(plain), n=1, cutoff=cutoff)
    return plain[found[0]] if found else None


@cache
def scheme_values(scheme: str) -> tuple[str, ...]:
    """The values of a scheme as evidence files spell them; ``scheme`` is what they are appended to."""
    return tuple(one.removeprefix(scheme) for one in _scheme_terms() if one.startswith(scheme))


@cache
def class_names() -> tuple[str, ...]:
    """The classes that ``type`` may name without a prefix."""
    found = [str(iri) for name, iri in vars(Class).items() if name.isupper()]
    return tuple(sorted(re.split(r"[/#]", iri)[-1] for iri in found))


def concept_id(words: str) -> str | None:
    """The id of the shipped concept that goes by these words: ``high blood pressure`` → its id."""
    return _concepts_by_label().get(_WORDS.sub(" ", words.lower()).strip())


@cache
def _scheme_terms() -> tuple[str, ...]:
    return tuple(sorted({t.subject.value for t in shipped("schemes.ttl") if hasattr(t.subject, "value")}))


@cache
def _concepts_by_label() -> dict[str, str]:
    found: dict[str, str] = {}
    names = (Adopted.PREF_LABEL, Adopted.ALT_LABEL)  # the preferred label wins
    labels = [t for t in shipped("concepts.ttl") if t.predicate.value in names]
    for triple in sorted(labels, key=lambda t: names.index(t.predicate.value)):
        if isinstance(triple.object, ox.Literal) and isinstance(triple.subject, ox.NamedNode):
            words = _WORDS.sub(" ", triple.object.value.lower()).strip()
            found.setdefault(words, triple.subject.value.removeprefix(DATA_BASE))
    return found


def suggested(faults: Sequence[Fault], triples: Iterable[ox.Triple], *, base: str = DATA_BASE) -> list[Fault]:
    """The faults, each with what was probably meant at the end of its message, where something is near.

    ``triples``: what was read; ids are looked for among what it describes and the shipped concepts.
    """
    if not faults:
        return []
    described: dict[str, list[str]] = {}
    for subject in dict.fromkeys(t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)):
        described.setdefault(_kind(subject.removeprefix(base)), []).append(subject.removeprefix(base))
    described.setdefault("concept", []).extend(sorted(set(_concepts_by_label().values())))
    return [
        _with_suggestion(fault, described, base) if number < _MANY else fault
        for number, fault in enumerate(faults)
    ]


def _with_suggestion(fault: Fault, described: dict[str, list[str]], base: str) -> Fault:
    meant = _meant(fault, described, base)
    return fault if meant is None else replace(fault, message=f"{fault.message} Did you mean {meant}?")


def _meant(fault: Fault, described: dict[str, list[str]], base: str) -> str | None:
    if fault.value is None:
        return None
    if fault.path is None:  # a path of several properties, as to any concept
        return _described(fault.value, described, base) if fault.value.startswith(base) else None
    keys = [one for one in by_property().get(fault.path, ()) if not one.reverse]
    if fault.shape.endswith("-closed"):
        return nearest(keys[0].key, _keys_of(fault.shape), 0.8) if keys else None
    for key in keys:
        if key.scheme and fault.value.startswith(key.scheme):
            written, values = fault.value.removeprefix(key.scheme), scheme_values(key.scheme)
            return None if written in values else nearest(written, values)
        if key.links and fault.value.startswith(base):
            return _described(fault.value, described, base)
    return None


def _described(iri: str, described: dict[str, list[str]], base: str) -> str | None:
    written = iri.removeprefix(base)
    known = described.get(_kind(written), [])
    if "/" not in written:
        return concept_id(written) or nearest(f"concept/{written}", described["concept"], 0.85)
    return None if written in known else nearest(written, known, 0.85)


@cache
def _keys_of(shape: str) -> tuple[str, ...]:
    """The keys that a closed shape of the ontology allows, apart from those that all things may have."""
    said: dict[str, list[ox.Triple]] = {}
    for triple in shipped("shapes.ttl"):
        said.setdefault(str(triple.subject), []).append(triple)
    inner = [t.object for t in said.get(f"<{shape}>", ()) if t.predicate.value == SH + "property"]
    paths = [
        t.object.value
        for node in inner
        for t in said.get(str(node), ())
        if t.predicate.value == SH + "path" and isinstance(t.object, ox.NamedNode)
    ]
    return tuple(sorted({d.key for path in paths for d in by_property().get(path, ()) if not d.reverse}))


def _kind(identifier: str) -> str:
    return identifier.partition("/")[0]
