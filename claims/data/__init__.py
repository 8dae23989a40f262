"""Tables that the checker reads: data, not code."""
