"""Strangers' queries and articles, in processes of their own that can be ended."""

from api.workers.auditor import Auditor
from api.workers.pool import Pool
from api.workers.worker import Answer

__all__ = ["Answer", "Auditor", "Pool"]
