/** The graph's things as the service tells them in JSON-LD, and how they are said in words. */

export interface Node {
  id: string;
  type?: string;
  kind: string;
  label?: string;
  [key: string]: unknown;
}

export interface Edge {
  source: string;
  target: string;
  relation: string;
  strength?: string;
  directness?: string;
  method?: string;
  rationale?: string;
  line?: string;
}

export interface Trace {
  root: string;
  nodes: Node[];
  edges: Edge[];
  unsupportedSteps: string[];
}

export interface Paged {
  graph: Node[];
  page: { total: number; count: number; next: string | null };
}

/** What the ids of the service's data stand under; the page is told where it is not the default. */
const BASE = document.querySelector<HTMLMetaElement>("meta[name=data-base]")?.content ?? "https://w3id.org/claimspine/id/";

/** The part of an IRI after the data base, for addresses: `work/pocovi2024walkback`. */
export function short(iri: string): string {
  return iri.startsWith(BASE) ? iri.slice(BASE.length) : iri;
}

export function full(id: string): string {
  return /^(https?|urn):/.test(id) ? id : BASE + id;
}

/** The last part of an IRI in words: `low-back-pain` is “low back pain”. */
export function words(iri: string | undefined): string {
  if (!iri) return "";
  const last = iri.replace(/[/#]+$/, "").split(/[/#]/).pop() ?? iri;
  return last.replace(/^(verdict|standing|certainty|design)-/, "").replaceAll("-", " ");
}

export function list(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((one) =>
    typeof one === "object" && one !== null ? String((one as Node).label ?? (one as Node).id ?? "") : String(one),
  );
}

export const text = (value: unknown): string => (typeof value === "string" ? value : value == null ? "" : String(value));

/** What a node is called. */
export function named(node: Node): string {
  return text(node.label) || text(node.text) || text(node.title) || text(node.name) || words(node.id);
}

export function kindOf(iri: string): string {
  const rest = short(iri).split("/");
  if (rest[0] === "mechanism" && rest.length > 2) return "step";
  return rest[0] ?? "";
}

export const SIGNS: Record<string, string> = { supports: "✚", refutes: "✖", neutral: "●" };
export const RELATIONS: Record<string, string> = { supports: "supports", refutes: "refutes", neutral: "is neutral" };
