"""From the claims of an article to the evidence that bears on them."""

from claims.linking.evidence import SHOWN, keep_best, link

__all__ = ["SHOWN", "keep_best", "link"]
