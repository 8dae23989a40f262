"""Strangers' queries, in processes of their own that can be killed."""

from api.workers.pool import Answer, Pool

__all__ = ["Answer", "Pool"]
