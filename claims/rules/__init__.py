"""The catalogue: one rule, one module, one page."""
