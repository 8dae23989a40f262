"""Terms of RDF, RDFS and PROV as the engine's nodes, and the namespaces that names are made in.

Those of the ontology are in :mod:`ontology.terms`.
"""

from __future__ import annotations

import pyoxigraph as ox

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PROV = "http://www.w3.org/ns/prov#"
SH = "http://www.w3.org/ns/shacl#"

TYPE = ox.NamedNode(RDF + "type")
FIRST, REST, NIL = (ox.NamedNode(RDF + name) for name in ("first", "rest", "nil"))
LABEL = ox.NamedNode(RDFS + "label")
SUBCLASS_OF = ox.NamedNode(RDFS + "subClassOf")
DATE_TIME = ox.NamedNode(XSD + "dateTime")
ENTITY = ox.NamedNode(PROV + "Entity")
GENERATED_AT = ox.NamedNode(PROV + "generatedAtTime")
ATTRIBUTED_TO = ox.NamedNode(PROV + "wasAttributedTo")
