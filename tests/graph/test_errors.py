import pickle

from graph.errors import ClaimspineError, InvalidEvidence, StoreInUse


def test_says_what_where_and_what_to_do() -> None:
    error = ClaimspineError("bad-dose", "no unit", path="a.yaml", line=4, column=2, hint="add one")
    assert str(error) == "a.yaml:4:2: no unit [bad-dose]\n  add one"


def test_says_lines_without_a_file() -> None:
    assert str(ClaimspineError("x", "broken", line=3)) == "line 3: broken [x]"


def test_survives_pickling() -> None:
    for error in (
        StoreInUse("store-in-use", "in use", path="s", hint="wait"),
        InvalidEvidence("1 fault", faults=("f",)),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert vars(again) == vars(error)
