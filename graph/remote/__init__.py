"""A store elsewhere, behind the SPARQL 1.1 Protocol; ``store`` is the way in."""
