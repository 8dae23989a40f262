"""Values made quickly are the values that their classes make."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from graph.evidence import EffectEstimate, EvidenceLine, Finding, GraphClaim, GroupValue, Study, Work
from graph.reading import values
from graph.reading.making import quickly

CLASSES = (Work, Study, Finding, EffectEstimate, GroupValue, GraphClaim, EvidenceLine)


@pytest.mark.parametrize("kind", CLASSES)
def test_they_are_alike_in_every_way(kind: type) -> None:
    needed = [f.name for f in dataclasses.fields(kind) if f.default is dataclasses.MISSING]
    given = dict.fromkeys(needed, "x")
    plain, quick = kind(**given), quickly(kind)(**given)
    assert quick == plain
    assert (type(quick), hash(quick), repr(quick)) == (kind, hash(plain), repr(plain))
    assert pickle.loads(pickle.dumps(quick)) == copy.deepcopy(quick) == dataclasses.replace(quick) == plain
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(quick, needed[0], "another")
    with pytest.raises(TypeError, match="missing"):
        quickly(kind)()


def test_each_class_that_values_are_made_of_quickly_needs_no_more_than_its_fields() -> None:
    made = [name for name in vars(values) if name.startswith("_new_")]
    assert len(made) == len(CLASSES)
    assert not any(hasattr(kind, "__post_init__") for kind in CLASSES)
