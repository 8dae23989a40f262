"""Strangers' queries and updates, answered within bounds."""

from graph.answering.answering import Changed, Question, TooManyBytes, answer, changed_by, read_changed

__all__ = ["Changed", "Question", "TooManyBytes", "answer", "changed_by", "read_changed"]
