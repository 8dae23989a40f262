"""What a shape without a message asks for, in words, so that a fault is never without any."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.jsonld import by_property
from graph.reading.nodes import last_part

#: SHACL's name of a constraint and what it asks for; ``{}`` is its value, a term by its last part.
CONSTRAINTS = {
    "minCount": "at least {} of it",
    "maxCount": "at most {} of it",
    "datatype": "the datatype {}",
    "class": "a {}",
    "nodeKind": "a node of the kind {}",
    "minInclusive": "{} or more",
    "maxInclusive": "{} or less",
    "minExclusive": "more than {}",
    "maxExclusive": "less than {}",
    "minLength": "{} characters or more",
    "maxLength": "{} characters or fewer",
    "pattern": "text like /{}/",
    "languageIn": "one of its languages",
    "uniqueLang": "one value in each language",
    "equals": "the values of {}",
    "disjoint": "no value of {}",
    "lessThan": "less than the {}",
    "lessThanOrEquals": "not more than the {}",
    "in": "one of its listed values",
    "hasValue": "the value {}",
    "closed": "none but its listed keys",
    "node": "what the shape {} asks for",
    "qualifiedMinCount": "at least {} of its values to be as another shape says",
    "qualifiedMaxCount": "at most {} of its values to be as another shape says",
    "not": "not what another shape asks for",
    "and": "all of several shapes",
    "or": "one of several shapes",
    "xone": "exactly one of several shapes",
    "sparql": "nothing that its query finds",
}


def asked(said: Callable[[str], Sequence[str]], path: str | None) -> str:
    """The message of a shape that has no ``sh:message``: its description or name, else its constraints.

    ``said`` gives the values of one of SHACL's properties of the shape; ``path`` is the property it looks at.

    >>> asked({"minCount": ["1"]}.get, "http://purl.org/ontology/bibo/doi")
    'doi: the policy asks for at least 1 of it.'
    """
    keys = by_property().get(path or "", ())
    key = keys[0].key if keys else last_part(path) if path and ":" in path else path or ""
    told = [*(said("description") or ()), *(said("name") or ())]
    if not told:
        wants = [
            words.format(last_part(value) if "://" in value else value)
            for name, words in CONSTRAINTS.items()
            for value in said(name) or ()
            if value != "false"
        ]
        told = [f"the policy asks for {', '.join(wants) or 'something else'}."]
    return f"{key}: {told[0]}" if key else told[0][:1].upper() + told[0][1:]
