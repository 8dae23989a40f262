"""Kinds of people and cases, of moments and routes, that a sentence tells of and that exclude one another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Bound", "Health", "Kind", "Listed", "Mostly", "Share", "Signed", "Species"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of the table ``data/groups.toml``, by the number of its family and by its own in that."""

    family: int
    number: int


@dataclass(frozen=True, slots=True)
class Health:
    """Told as ill, or as healthy."""

    ill: bool


@dataclass(frozen=True, slots=True)
class Species:
    """A species by its Latin name."""

    genus: str
    species: str


@dataclass(frozen=True, slots=True)
class Signed:
    """Positive or negative for something ("HER2-positive"), which is in small letters."""

    of: str
    positive: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """Measured above or below a number ("an HbA1c below 7.5 %"); ``unit`` a pint expression or None."""

    value: Decimal
    unit: str | None
    above: bool


@dataclass(frozen=True, slots=True)
class Mostly:
    """Mostly women, or mostly men."""

    women: bool


@dataclass(frozen=True, slots=True)
class Share:
    """So many women in a hundred."""

    women: int


Kind = Listed | Health | Species | Signed | Bound | Mostly | Share
