"""What the abstract of a work says: the findings that nobody has curated."""

from claims.abstracts.reading import of_work

__all__ = ["of_work"]
