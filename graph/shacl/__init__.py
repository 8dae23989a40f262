"""SHACL, judged three ways that tests hold equal.

In order: a shapes graph is read (``shapes_graph``, ``paths``); its shapes become functions over triples in
memory (``constraints``, ``compiling``); for a whole store they become SPARQL that names the few nodes worth
judging (``value_conditions``, ``conditions``, ``plain``, ``plans``, ``settled``, ``screening``). What is not
compiled goes to pySHACL, the reference (``reference``). :mod:`graph.validation` is the way in.
All look at triples at hand or around a node (``triples``, ``neighbourhood``).
"""
