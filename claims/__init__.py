"""The claim checker: reading, claims, rules, verdicts, reports."""
