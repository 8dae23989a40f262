/** What a query answers, whichever way it is serialised. Values are data: nothing of them becomes markup. */

export interface Value {
  type: "uri" | "literal" | "bnode";
  value: string;
  datatype?: string;
  language?: string;
}

export interface Table {
  kind: "table";
  columns: string[];
  rows: (Value | undefined)[][];
}

export type Result = Table | { kind: "truth"; value: boolean };

interface Bindings {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Value & { "xml:lang"?: string }>[] };
}

export function ofJson(body: Bindings): Result {
  if (typeof body.boolean === "boolean") return { kind: "truth", value: body.boolean };
  const columns = body.head.vars ?? [];
  const rows = (body.results?.bindings ?? []).map((row) =>
    columns.map((name) => {
      const held = row[name];
      return held && { ...held, language: held["xml:lang"] };
    }),
  );
  return { kind: "table", columns, rows };
}

const TRIPLE = /^(<[^>]*>|_:\S+)\s+<([^>]*)>\s+(<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?)\s*\.\s*$/;
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", '"': '"', "\\": "\\", b: "\b", f: "\f", "'": "'" };

export function ofTriples(text: string): Table {
  const rows: Value[][] = [];
  for (const line of text.split("\n")) {
    const found = TRIPLE.exec(line);
    if (!found) continue;
    rows.push([term(found[1] ?? ""), { type: "uri", value: found[2] ?? "" }, term(found[3] ?? "")]);
  }
  return { kind: "table", columns: ["subject", "predicate", "object"], rows };
}

function term(text: string): Value {
  if (text.startsWith("<")) return { type: "uri", value: text.slice(1, -1) };
  if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
  const end = text.lastIndexOf('"');
  const rest = text.slice(end + 1);
  return {
    type: "literal",
    value: text.slice(1, end).replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (whole, u: string, long: string, one: string) => {
      const code = parseInt(u ?? long ?? "", 16);
      if (u ?? long) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      return ESCAPES[one] ?? whole;
    }),
    language: rest.startsWith("@") ? rest.slice(1) : undefined,
    datatype: rest.startsWith("^^") ? rest.slice(3, -1) : undefined,
  };
}

/** A query's form, past its prologue and comments; the service decides what it really is. */
export function form(query: string): "SELECT" | "ASK" | "CONSTRUCT" | "DESCRIBE" | "" {
  const bare = query.replace(/<[^>\s]*>|"(?:[^"\\\n]|\\.)*"/g, " ").replace(/#[^\n]*/g, " ");
  const found = /\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i.exec(bare)?.[1]?.toUpperCase();
  return (found as "SELECT" | undefined) ?? "";
}

export interface Dot {
  id: string;
  label: string;
  x: number;
  y: number;
}

export interface Drawn {
  dots: Dot[];
  lines: { from: Dot; to: Dot; label: string }[];
  left: number;
  width: number;
  height: number;
}

const MOST = 120;

/** A picture of the rows: subject → object by predicate, or first column → second of a selection. Always the same. */
export function picture(table: Table, name: (iri: string) => string): Drawn {
  const dots = new Map<string, Dot>();
  const links: { from: Dot; to: Dot; label: string }[] = [];
  let left = 0;
  const dot = (value: Value | undefined): Dot | null => {
    if (!value || value.type === "literal") return null;
    const held = dots.get(value.value);
    if (held) return held;
    if (dots.size >= MOST) return null;
    // Placed on a sunflower's spiral, so that the start, and with it the end, is always the same.
    const at = dots.size;
    const made = { id: value.value, label: name(value.value), x: 420 + 34 * Math.sqrt(at) * Math.cos(at * 2.4), y: 300 + 26 * Math.sqrt(at) * Math.sin(at * 2.4) };
    dots.set(value.value, made);
    return made;
  };
  for (const row of table.rows) {
    const triple = table.columns.length === 3;
    const [from, to] = [dot(row[0]), dot(triple ? row[2] : row[1])];
    if (from && to && from !== to) links.push({ from, to, label: triple && row[1] ? name(row[1].value) : "" });
    else if (!from || !to) left += 1;
  }
  const all = [...dots.values()];
  for (let round = 0; round < 260; round++) {
    const heat = 14 * (1 - round / 260);
    const push = all.map(() => [0, 0] as [number, number]);
    all.forEach((a, i) => {
      for (let j = i + 1; j < all.length; j++) {
        const b = all[j];
        if (!b) continue;
        const [dx, dy] = [a.x - b.x, (a.y - b.y) * 1.8];
        const distance = Math.max(dx * dx + dy * dy, 60);
        const force = 15000 / distance;
        const length = Math.sqrt(distance);
        const [pa, pb] = [push[i], push[j]];
        if (!pa || !pb) continue;
        pa[0] += (dx / length) * force;
        pa[1] += (dy / length) * force;
        pb[0] -= (dx / length) * force;
        pb[1] -= (dy / length) * force;
      }
    });
    const place = new Map(all.map((one, at) => [one, at]));
    for (const { from, to } of links) {
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const length = Math.max(Math.hypot(dx, dy), 1);
      const pull = (length - 165) * 0.07;
      const [pa, pb] = [push[place.get(from) ?? 0], push[place.get(to) ?? 0]];
      if (!pa || !pb) continue;
      pa[0] += (dx / length) * pull;
      pa[1] += (dy / length) * pull;
      pb[0] -= (dx / length) * pull;
      pb[1] -= (dy / length) * pull;
    }
    all.forEach((one, at) => {
      const [px, py] = push[at] ?? [0, 0];
      const length = Math.max(Math.hypot(px, py), 0.01);
      one.x += (px / length) * Math.min(length, heat) + (420 - one.x) * 0.004;
      one.y += (py / length) * Math.min(length, heat) + (300 - one.y) * 0.004;
    });
  }
  const [x0, y0] = [Math.min(...all.map((one) => one.x), 420) - 90, Math.min(...all.map((one) => one.y), 300) - 30];
  for (const one of all) {
    one.x -= x0;
    one.y -= y0;
  }
  return { dots: all, lines: links, left, width: Math.max(...all.map((one) => one.x), 300) + 130, height: Math.max(...all.map((one) => one.y), 160) + 40 };
}
