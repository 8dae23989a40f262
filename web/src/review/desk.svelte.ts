/** The review in hand: an audited article, what was decided about its points, the edits made. */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import {
  answer,
  call,
  client,
  json,
  problemOf,
  type Article,
  type Diagnostic,
  type KeptDecision,
  type Plot,
  type Problem,
  type Report,
} from "../api/client";
import { keep, lasting, passing, recall, settings } from "../state/settings.svelte";
import { SEVERITIES, type Severity } from "../words";
import { cut, edited, type Cut } from "./cut";

export type Choice = "accepted" | "dismissed" | "asked";

export interface Decided {
  choice: Choice;
  by: string;
  on: string;
  reason: string;
  local: boolean;
  expired: string;
}

/** A decision kept in this browser only, when there is no token to keep it in the service. */
interface LocalDecision {
  code: string;
  subject: string;
  message: string;
  choice: Choice;
  reason: string;
  on: string;
}

export interface Sent {
  name: string;
  text?: string;
  mediaType?: "text/markdown" | "text/plain" | "text/html";
  file?: File;
  references: { name: string; text: string }[];
  example?: boolean;
}

export type Selection = { kind: "point" | "claim" | "reference"; id: string } | null;

const EXAMPLE = "walking-for-a-healthy-spine.md";
const LOCAL = "claimspine-decisions";

class Desk {
  phase = $state<"none" | "busy" | "ready">("none");
  stage = $state("");
  problem = $state<Problem | null>(null);
  report = $state.raw<Report | null>(null);
  article = $state.raw<Article | null>(null);
  plots = $state.raw<Record<string, Plot[]>>({});
  blocks = $state.raw<Cut[]>([]);
  fixed = new SvelteSet<string>();
  decisions = new SvelteMap<string, Decided>();
  lapsed = $state.raw<KeptDecision[]>([]);
  selection = $state<Selection>(null);
  severities = new SvelteSet<Severity>(SEVERITIES);
  openOnly = $state(false);
  find = $state("");
  tab = $state<"points" | "claims" | "references">("points");
  notice = $state("");
  sent: Sent | null = null;
  private stop: AbortController | null = null;

  points = $derived(this.report?.diagnostics ?? []);
  byId = $derived(new Map(this.points.map((one, at) => [one.id, { point: one, number: at + 1 }])));
  claims = $derived(new Map((this.report?.claims ?? []).map((one, at) => [one.id, { claim: one, number: at + 1 }])));
  references = $derived(new Map((this.report?.references ?? []).map((one) => [one.index, one])));
  shown = $derived(this.points.filter((one) => this.fits(one)));
  open = $derived(this.points.filter((one) => !this.settled(one.id)));
  counts = $derived(
    Object.fromEntries(
      SEVERITIES.map((severity) => [severity, this.open.filter((one) => one.severity === severity).length]),
    ) as Record<Severity, number>,
  );

  /** Settled: its fix was made, it was accepted or dismissed. A question is still open. */
  settled(id: string): boolean {
    const decided = this.decisions.get(id);
    return this.fixed.has(id) || (!!decided && !decided.expired && decided.choice !== "asked");
  }

  private fits(one: Diagnostic): boolean {
    if (!this.severities.has(one.severity as Severity)) return false;
    if (this.openOnly && this.settled(one.id)) return false;
    const wanted = this.find.trim().toLowerCase();
    return !wanted || `${one.code} ${one.name} ${one.message}`.toLowerCase().includes(wanted);
  }

  /** Audit an article; what was in hand stays if it cannot be done. */
  async check(sent: Sent): Promise<string | null> {
    this.stop?.abort();
    const stop = new AbortController();
    this.stop = stop;
    this.phase = "busy";
    this.problem = null;
    try {
      this.stage = `Sending ${sent.name}`;
      let id: string;
      if (sent.example) {
        const body = sent.text === undefined ? {} : { text: sent.text };
        this.stage = "Reading the article and checking its claims";
        id = (await answer(client.POST("/api/example", { body, signal: stop.signal }))).audit;
      } else {
        const [body, type] = await this.body(sent);
        this.stage = "Reading the article and checking its claims";
        const made = await call("api/audits?format=json", {
          method: "POST",
          body,
          signal: stop.signal,
          headers: type ? { "Content-Type": type } : {},
        });
        id = ((await made.json()) as Report).id;
      }
      await this.open_(id, stop.signal);
      this.sent = sent;
      const { name, references, example } = sent;
      keep(passing, `claimspine-sent-${id}`, JSON.stringify({ name, references, example } satisfies Sent));
      return id;
    } catch (error) {
      if (stop.signal.aborted) {
        this.phase = this.report ? "ready" : "none";
        return null;
      }
      this.problem = problemOf(error);
      this.phase = this.report ? "ready" : "none";
      return null;
    }
  }

  cancel(): void {
    this.stop?.abort();
  }

  private async body(sent: Sent): Promise<[BodyInit, string | null]> {
    const form = new FormData();
    if (sent.file) form.append("article", sent.file, sent.file.name);
    else form.append("article", new File([sent.text ?? ""], sent.name, { type: sent.mediaType ?? "text/markdown" }));
    for (const one of sent.references) form.append("references", new File([one.text], one.name));
    return [form, null];
  }

  /** Show a report that the service keeps. */
  async show(id: string): Promise<void> {
    if (this.report?.id === id) return;
    this.phase = "busy";
    this.stage = "Fetching the report";
    this.problem = null;
    this.stop?.abort();
    this.stop = new AbortController();
    try {
      this.sent = JSON.parse(recall(passing, `claimspine-sent-${id}`) ?? "null") as Sent | null;
      await this.open_(id, this.stop.signal);
    } catch (error) {
      this.problem = problemOf(error);
      this.phase = "none";
      this.report = null;
    }
  }

  private async open_(id: string, signal: AbortSignal): Promise<void> {
    const path = { params: { path: { identifier: id } }, signal };
    const [report, read, plots] = await Promise.all([
      json<Report>(`api/audits/${id}?format=json`, { signal }),
      answer(client.GET("/api/audits/{identifier}/article", path)),
      answer(client.GET("/api/audits/{identifier}/plots", path)),
    ]);
    this.stage = "Setting the page";
    const article = read as Article;
    this.article = article;
    this.plots = plots as Record<string, Plot[]>;
    this.blocks = cut(article, report);
    this.fixed.clear();
    const held = JSON.parse(recall(passing, `claimspine-fixes-${id}`) ?? "[]") as string[];
    for (const one of held) if (report.diagnostics.some((point) => point.id === one && point.fix)) this.fixed.add(one);
    this.report = report;
    this.selection = null;
    this.take(report);
    this.phase = "ready";
  }

  /** The decisions that bear on a report, from the service and from this browser. */
  private take(report: Report): void {
    this.decisions.clear();
    this.lapsed = report.decisions.filter((one) => one.status === "expired" && one.diagnostic === null);
    for (const one of localDecisions()) {
      for (const point of report.diagnostics) {
        if (point.code !== one.code || this.subject(point) !== one.subject) continue;
        this.decisions.set(point.id, {
          choice: one.choice,
          by: "you, in this browser",
          on: one.on,
          reason: one.reason,
          local: true,
          expired: point.message === one.message ? "" : "the evidence has changed",
        });
      }
    }
    for (const one of report.decisions) {
      if (!one.diagnostic) continue;
      this.decisions.set(one.diagnostic, {
        choice: one.decision,
        by: one.by,
        on: one.on,
        reason: one.rationale ?? "",
        local: false,
        expired: one.status === "expired" ? (one.why ?? "something has changed") : "",
      });
    }
  }

  /** The words that a point speaks of. */
  subject(point: Diagnostic): string {
    const claim = point.claim ? this.claims.get(point.claim)?.claim.text : undefined;
    const reference = point.reference !== null ? this.references.get(point.reference)?.raw : undefined;
    return (claim ?? reference ?? point.name).split(/\s+/).join(" ").trim();
  }

  async decide(id: string, choice: Choice, reason: string): Promise<void> {
    const found = this.byId.get(id)?.point;
    const report = this.report;
    if (!found || !report) return;
    const on = new Date().toISOString();
    if (settings.token) {
      const body = { audit: report.id, diagnostic: id, decision: choice, rationale: reason || null };
      const said = await json<{ decidedBy: string; decidedOn: string }>("api/decisions", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      this.decisions.set(id, { choice, by: said.decidedBy, on: said.decidedOn, reason, local: false, expired: "" });
      return;
    }
    const one = { code: found.code, subject: this.subject(found), message: found.message, choice, reason, on };
    const others = localDecisions().filter((other) => other.code !== one.code || other.subject !== one.subject);
    keep(lasting, LOCAL, JSON.stringify([...others, one].slice(-500)));
    this.decisions.set(id, { choice, by: "you, in this browser", on, reason, local: true, expired: "" });
  }

  /** Take back a decision that this browser keeps; those in the service are history. */
  reopen(id: string): void {
    const point = this.byId.get(id)?.point;
    if (!point || !this.decisions.get(id)?.local) return;
    const subject = this.subject(point);
    const left = localDecisions().filter((one) => one.code !== point.code || one.subject !== subject);
    keep(lasting, LOCAL, JSON.stringify(left));
    this.decisions.delete(id);
  }

  /** Why a fix cannot be made now; empty when it can. */
  blocked(id: string): string {
    const fix = this.byId.get(id)?.point.fix;
    if (!fix) return "no fix is offered";
    if (this.article?.text == null) return "a Word file is not edited here; copy the wording";
    for (const other of this.fixed) {
      const span = this.byId.get(other)?.point.fix?.span;
      if (other !== id && span && span.start < fix.span.end && fix.span.start < span.end)
        return `it touches the same words as the fix of point ${this.byId.get(other)?.number ?? ""}`;
    }
    return "";
  }

  toggleFix(id: string): void {
    if (this.fixed.has(id)) this.fixed.delete(id);
    else if (!this.blocked(id)) this.fixed.add(id);
    if (this.report) keep(passing, `claimspine-fixes-${this.report.id}`, JSON.stringify([...this.fixed]));
  }

  /** The article's original with the accepted fixes made; null for a Word file. */
  editedText(): string | null {
    if (this.article?.text == null) return null;
    const edits = [...this.fixed].flatMap((id) => {
      const fix = this.byId.get(id)?.point.fix;
      return fix ? [{ start: fix.span.start, end: fix.span.end, text: fix.text }] : [];
    });
    return edited(this.article.text, edits);
  }

  /** Audit the edited article again with what it was first sent with. */
  async again(): Promise<string | null> {
    const text = this.editedText();
    if (text === null || !this.report) return null;
    const sent: Sent = this.sent
      ? { ...this.sent, text, file: undefined, mediaType: this.mediaType() }
      : {
          name: this.report.document.path,
          text,
          mediaType: this.mediaType(),
          references: [],
          example: this.report.document.path === EXAMPLE,
        };
    const before = this.points.length;
    const id = await this.check(sent);
    if (id) {
      const now = this.points.length;
      this.notice = `Checked again: ${before} points before, ${now} now.`;
    }
    return id;
  }

  private mediaType(): Sent["mediaType"] {
    const kind = this.article?.media_type;
    return kind === "text/html" || kind === "text/plain" ? kind : "text/markdown";
  }

  select(kind: "point" | "claim" | "reference", id: string | number): void {
    this.selection = { kind, id: String(id) };
  }

  /** To the next or previous point shown; without a choice yet, the first or the last. */
  step(by: 1 | -1): void {
    const ids = this.shown.map((one) => one.id);
    if (!ids.length) return;
    const at = this.selection?.kind === "point" ? ids.indexOf(this.selection.id) : -1;
    const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length;
    this.select("point", ids[next] ?? "");
  }
}

function localDecisions(): LocalDecision[] {
  try {
    const held: unknown = JSON.parse(recall(lasting, LOCAL) ?? "[]");
    return Array.isArray(held) ? (held as LocalDecision[]) : [];
  } catch {
    return [];
  }
}

export const desk = new Desk();
