"""Strangers' queries and articles, in processes of their own; those import what they need and no more."""
