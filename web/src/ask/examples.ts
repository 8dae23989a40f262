/** Examples for a service that ships none of its own, and the prefixes that every query may use. */

import type { Query } from "../api/client";

export const PREFIXES: Record<string, string> = {
  spine: "https://w3id.org/claimspine/ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  dcterms: "http://purl.org/dc/terms/",
  bibo: "http://purl.org/ontology/bibo/",
  fabio: "http://purl.org/spar/fabio/",
  prov: "http://www.w3.org/ns/prov#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

const SPINE = "PREFIX spine: <https://w3id.org/claimspine/ns#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nPREFIX dcterms: <http://purl.org/dc/terms/>\n\n";

export const BUILT_IN: Query[] = [
  {
    name: "recommendations",
    title: "Recommendations and their claims",
    question: "What is recommended, and on which claims does each rest?",
    text: `${SPINE}SELECT ?recommendation ?claim WHERE {\n  ?r a spine:Recommendation ; spine:text ?recommendation ; spine:basedOn ?c .\n  ?c spine:text ?claim .\n}\nORDER BY ?recommendation ?claim\n`,
  },
  {
    name: "against",
    title: "What speaks against a claim",
    question: "Which findings refute which claims?",
    text: `${SPINE}SELECT ?claim ?finding ?line WHERE {\n  ?line a spine:EvidenceLine ; spine:direction spine:direction-refutes ; spine:bearsOn ?c ; spine:finding ?f .\n  ?c spine:text ?claim .\n  OPTIONAL { ?f rdfs:label ?finding }\n}\nORDER BY ?claim\n`,
  },
  {
    name: "picture",
    title: "A picture: claims and the findings that bear on them",
    question: "Which findings support or refute the claims? Shown as a graph.",
    text: `${SPINE}CONSTRUCT { ?c ?how ?f } WHERE {\n  ?line spine:bearsOn ?c ; spine:finding ?f ; spine:direction ?how .\n  ?c a spine:Claim .\n}\nLIMIT 60\n`,
  },
];
