"""Strangers' queries, in processes of their own that can be killed."""

from api.workers.pool import Pool
from api.workers.worker import Answer

__all__ = ["Answer", "Pool"]
