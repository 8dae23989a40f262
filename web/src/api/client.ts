/** Talking to the service. Types come from its OpenAPI document (`make web-types`); errors are problems. */

import createClient from "openapi-fetch";
import { settings } from "../state/settings.svelte";
import type { components, paths } from "./schema";

type Parts = components["schemas"];

export type ArticleBlock = Parts["ArticleBlock"];
export type Article = Parts["Article"];
export type Plot = Parts["ForestPlot"];
export type PlotRow = Parts["PlotRow"];
export type RulePage = Parts["RulePage"];
export type Structure = Parts["TraceStructure"];
export type Carried = Parts["Carried"];
export type Judged = Parts["Judged"];
export type Claim = Parts["ReportClaim"];
export type Diagnostic = Parts["ReportDiagnostic"];
export type Evidence = Parts["ReportEvidence"];
export type Finding = Parts["ReportFinding"];
export type Reference = Parts["ReportReference"];
export type Dose = Parts["ReportDose"];
export type Effect = Parts["ReportEffect"];
export type GroupValue = Parts["ReportGroup"];
export type Concept = Parts["ReportConcept"];

export interface KeptDecision {
  diagnostic: string | null;
  decision: "accepted" | "dismissed" | "asked";
  status: "holds" | "expired";
  why: string | null;
  by: string;
  on: string;
  rationale: string | null;
  id: string;
}

export type Report = Parts["Report"] & { id: string; decisions: KeptDecision[] };

export interface Fault {
  detail: string;
  severity?: string;
  focus?: string;
  path?: string;
  value?: string;
  line?: number;
  /** The line is where the thing is described, not just where the fault stands. */
  near?: boolean;
  part?: string;
  column?: number;
  code?: string;
  hint?: string;
  pointer?: string;
}

/** What the service says when it cannot do a thing (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    detail: string,
    readonly hint = "",
    readonly errors: Fault[] = [],
    readonly line?: number,
    readonly code = "",
  ) {
    super(detail);
  }
}

function asProblem(status: number, body: unknown): Problem {
  const said = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof said[name] === "string" ? said[name] : "");
  return new Problem(
    status,
    text("title") || `The service answered ${status}`,
    text("detail") || (typeof body === "string" ? body.slice(0, 300) : ""),
    text("hint"),
    Array.isArray(said.errors) ? (said.errors as Fault[]) : [],
    typeof said.line === "number" ? said.line : undefined,
    text("type").split("/").pop() ?? "",
  );
}

/** Any failure as a problem; a network that is down is one too. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError)
    return new Problem(0, "The service does not answer", "Is it still running?", "Start it again with `claimspine serve`.");
  return new Problem(0, "Something went wrong on this page", error instanceof Error ? error.message : String(error));
}

/** Relative, so that the service may stand under a path of its own. */
export const base = new URL("./", location.href.split("#")[0]).href.replace(/\/$/, "");

export const client = createClient<paths>({ baseUrl: base });
client.use({
  onRequest({ request }) {
    if (settings.token) request.headers.set("Authorization", `Bearer ${settings.token}`);
    return request;
  },
});

/** The answer of a typed call, or a Problem thrown. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok || data === undefined) throw asProblem(response.status, error);
  return data;
}

/** A call by hand, for answers that are no JSON or bodies that are files. */
export async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (settings.token) headers.set("Authorization", `Bearer ${settings.token}`);
  const response = await fetch(`${base}/${path}`, { ...init, headers });
  if (response.ok) return response;
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // a proxy in between may answer with a page of its own
  }
  throw asProblem(response.status, body);
}

export async function json<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = new Headers(init.headers);
  if (!headers.has("Accept")) headers.set("Accept", "application/json, application/ld+json;q=0.9");
  return (await (await call(path, { ...init, headers })).json()) as T;
}

export type Fallen = Parts["Fallen"];
export type Impact = Omit<Fallen, "standing">;
export type Query = Parts["ExampleQuery"];

/** Every item of a paged list, at most `most`. */
export async function all<T>(path: string, most = 1000): Promise<{ items: T[]; total: number }> {
  const items: T[] = [];
  let next: string | null = path;
  let total = 0;
  while (next && items.length < most) {
    const got: { graph: T[]; page: { total: number; next: string | null } } = await json(next.replace(/^\//, ""));
    items.push(...got.graph);
    total = got.page.total;
    next = got.page.next;
  }
  return { items, total };
}

/** What changes if these works and studies fell together. Nothing is changed by asking. */
export async function whatIf(of: string[]): Promise<Impact> {
  return json("api/what-if", { method: "POST", body: JSON.stringify({ of }), headers: { "Content-Type": "application/json", Accept: "application/json" } });
}
