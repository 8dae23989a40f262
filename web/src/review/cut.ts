/**
 * The article cut into runs of text under the same marks, so that overlapping spans come out unnested.
 *
 * Offsets from the service count characters (code points) of the original. Nothing here makes markup.
 */

import type { Article, ArticleBlock, Report } from "../api/client";

export interface Piece {
  text: string;
  /** Diagnostics that cover it, the gravest and narrowest first. */
  points: string[];
  /** Diagnostics whose last piece in this block this is. */
  ends: string[];
  claimEnds: string[];
  lead: boolean;
  /** Diagnostics whose fix replaces this piece, and those whose fix text stands after it. */
  fixes: string[];
  fixEnds: string[];
}

export interface Cut {
  kind: string;
  level: number;
  pieces: Piece[];
  /** The entries of the reference list that begin in it. */
  references: number[];
}

/** A string addressed by code points. */
export class Characters {
  private readonly units: string[] | null;
  constructor(readonly text: string) {
    this.units = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
  }
  get length(): number {
    return this.units ? this.units.length : this.text.length;
  }
  slice(start: number, end?: number): string {
    return this.units ? this.units.slice(start, end).join("") : this.text.slice(start, end);
  }
}

interface Span {
  start: number;
  end: number;
}

const RANK: Record<string, number> = { error: 0, warning: 1, info: 2 };

export function cut(article: Article, report: Pick<Report, "diagnostics" | "claims" | "references">): Cut[] {
  const rank = new Map(
    report.diagnostics.map((one, at) => [one.id, [RANK[one.severity] ?? 3, one.span.end - one.span.start, at]] as const),
  );
  const graver = (a: string, b: string): number => {
    const [left, right] = [rank.get(a) ?? [9, 0, 0], rank.get(b) ?? [9, 0, 0]];
    for (let at = 0; at < 3; at++) if (left[at] !== right[at]) return (left[at] ?? 0) - (right[at] ?? 0);
    return 0;
  };
  const anchored = new Set<number>();
  return article.blocks.map((block) => {
    const offsets = offsetsOf(block);
    const text = new Characters(block.text);
    const within = (span: Span, wide = 1): [number, number] | null => {
      const low = firstAt(offsets, span.start, text.length);
      const high = firstAt(offsets, Math.max(span.end, span.start + wide), text.length);
      return high > low ? [low, high] : null;
    };
    const marked = (spans: { id: string; span: Span }[]) =>
      spans.flatMap(({ id, span }) => {
        const found = within(span);
        return found ? [{ id, low: found[0], high: found[1] }] : [];
      });
    const points = marked(report.diagnostics);
    const claims = marked(report.claims);
    const fixes = marked(report.diagnostics.flatMap(({ id, fix }) => (fix ? [{ id, span: fix.span }] : [])));
    const leads = article.leads.flatMap(([start, end]) => {
      const found = within({ start, end });
      return found ? [{ low: found[0], high: found[1] }] : [];
    });
    const edges = new Set([0, text.length]);
    for (const { low, high } of [...points, ...claims, ...fixes, ...leads]) edges.add(low).add(high);
    const places = [...edges].sort((a, b) => a - b);
    const over = (ranges: { id: string; low: number; high: number }[], low: number, high: number) =>
      ranges.filter((one) => one.low <= low && high <= one.high).map((one) => one.id);
    const ending = (ranges: { id: string; high: number }[], high: number) =>
      ranges.filter((one) => one.high === high).map((one) => one.id);
    const pieces = places.slice(1).map((high, at): Piece => {
      const low = places[at] ?? 0;
      return {
        text: text.slice(low, high),
        points: over(points, low, high).sort(graver),
        ends: ending(points, high),
        claimEnds: ending(claims, high),
        lead: leads.some((one) => one.low <= low && high <= one.high),
        fixes: over(fixes, low, high),
        fixEnds: ending(fixes, high),
      };
    });
    const references = report.references.flatMap(({ index, span }) => (within(span) && !anchored.has(index) ? [index] : []));
    for (const index of references) anchored.add(index);
    return { kind: block.kind, level: block.level, pieces: pieces.flatMap((piece, at) => spaced(piece, pieces[at - 1])), references };
  });
}

/** A marked piece that follows the number of another begins with its words: the space before them bears no mark. */
function spaced(piece: Piece, before: Piece | undefined): Piece[] {
  const numbered = before !== undefined && before.ends.length + before.claimEnds.length > 0;
  const space = numbered && piece.points.length ? (/^\s+(?=\S)/.exec(piece.text)?.[0] ?? "") : "";
  if (!space) return [piece];
  return [
    { ...piece, text: space, points: [], ends: [], claimEnds: [], fixEnds: [] },
    { ...piece, text: piece.text.slice(space.length) },
  ];
}

/** The pieces with those under one accepted fix joined, so that what it replaces is struck out as one run. */
export function joined(pieces: Piece[], accepted: (id: string) => boolean): Piece[] {
  const whole: Piece[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    const fix = piece.fixes.find(accepted);
    if (last && fix && last.fixes.includes(fix) && !last.fixEnds.includes(fix))
      whole[whole.length - 1] = { ...piece, text: last.text + piece.text, ends: [...last.ends, ...piece.ends], claimEnds: [...last.claimEnds, ...piece.claimEnds] };
    else whole.push(piece);
  }
  return whole;
}

/** Where each character stands in the original, from the runs that the service sends. */
function offsetsOf(block: ArticleBlock): Int32Array {
  const length = new Characters(block.text).length;
  const offsets = new Int32Array(length + 1);
  let run = 0;
  let [from, offset] = block.runs[0] ?? [0, 0];
  for (let at = 0; at < length; at++) {
    const next = block.runs[run + 1];
    if (next && next[0] === at) {
      run += 1;
      [from, offset] = next;
    }
    offsets[at] = (offset as number) + at - (from as number);
  }
  offsets[length] = block.end;
  return offsets;
}

/** The first place whose offset is not before `wanted`. */
function firstAt(offsets: Int32Array, wanted: number, length: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The original with edits made, from the end backwards. */
export function edited(original: string, edits: { start: number; end: number; text: string }[]): string {
  const characters = new Characters(original);
  const parts: string[] = [];
  let at = 0;
  for (const one of [...edits].sort((a, b) => a.start - b.start)) {
    if (one.start < at) continue;
    parts.push(characters.slice(at, one.start), one.text);
    at = one.end;
  }
  parts.push(characters.slice(at));
  return parts.join("");
}
