/** Where the nodes of an evidence path stand: one column a kind, ordered so that few lines cross. */

import type { Edge, Node, Trace } from "../api/graph";

export interface Placed {
  node: Node;
  x: number;
  y: number;
  width: number;
  height: number;
  lines: string[];
  gap: boolean;
}

export interface Line {
  edge: Edge;
  from: Placed;
  to: Placed;
  path: string;
  mark: { x: number; y: number };
}

export interface Picture {
  width: number;
  height: number;
  columns: { name: string; x: number; width: number }[];
  nodes: Placed[];
  lines: Line[];
}

const LAYERS: [string, string[], number][] = [
  ["Recommendation", ["recommendation"], 128],
  ["Claims and mechanisms", ["claim", "mechanism"], 196],
  ["Steps", ["step"], 168],
  ["Findings", ["finding"], 184],
  ["Studies", ["study"], 148],
  ["Works", ["work"], 148],
];
const SPACE = 40;
const HEAD = 34;
const GAP = 15;
const LETTER = 6.15;
const LINE = 15;

/** The nodes above and below one node, and itself. */
export function pathOf(trace: Trace, id: string): Set<string> {
  const found = new Set([id]);
  const edges = drawn(trace);
  const follow = (from: "source" | "target", to: "source" | "target") => {
    const waiting = [id];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop())
      for (const edge of edges)
        if (edge[from] === one && !found.has(edge[to])) {
          found.add(edge[to]);
          waiting.push(edge[to]);
        }
  };
  follow("source", "target");
  const below = new Set(found);
  found.clear();
  found.add(id);
  follow("target", "source");
  for (const one of below) found.add(one);
  return found;
}

/** Findings lead to their study and that to its work; only a finding without a study leads to its work. */
function drawn(trace: Trace): Edge[] {
  const studies = new Map<string, string[]>();
  for (const one of trace.edges)
    if (one.relation === "of-study") studies.set(one.source, [...(studies.get(one.source) ?? []), one.target]);
  const kept = new Map<string, Edge>();
  for (const one of trace.edges) {
    if (one.relation === "reports" || one.relation === "includes" || one.source === one.target) continue;
    const through = one.relation === "reported-in" ? (studies.get(one.source) ?? []) : [];
    const edges = through.length ? through.map((study) => ({ ...one, source: study })) : [one];
    for (const edge of edges) kept.set(`${edge.source} ${edge.target} ${edge.relation} ${edge.line ?? ""}`, edge);
  }
  return [...kept.values()];
}

export function layout(trace: Trace, shown: (id: string) => boolean, compact: boolean): Picture {
  const edges = drawn(trace).filter((one) => shown(one.source) && shown(one.target));
  const gaps = new Set(trace.unsupportedSteps);
  const layers = LAYERS.map(([name, kinds, width]) => ({
    name,
    width,
    nodes: trace.nodes.filter((node) => kinds.includes(node.kind) && shown(node.id)),
  })).filter((layer) => layer.nodes.length);
  const rank = new Map<string, number>();
  layers.forEach((layer, at) => {
    if (at > 0) {
      // A node stands about where those that lead to it stand.
      const pull = new Map<string, number[]>();
      for (const edge of edges) {
        const above = rank.get(edge.source);
        if (above !== undefined) pull.set(edge.target, [...(pull.get(edge.target) ?? []), above]);
      }
      const mean = (id: string) => {
        const all = pull.get(id);
        return all?.length ? all.reduce((a, b) => a + b, 0) / all.length : Infinity;
      };
      const first = new Map(layer.nodes.map((node, place) => [node.id, place]));
      layer.nodes.sort((a, b) => {
        const [left, right] = [mean(a.id), mean(b.id)];
        return left === right ? (first.get(a.id) ?? 0) - (first.get(b.id) ?? 0) : left - right;
      });
    }
    layer.nodes.forEach((node, place) => rank.set(node.id, (place + 0.5) / layer.nodes.length));
  });
  const placed = new Map<string, Placed>();
  const columns: Picture["columns"] = [];
  let x = 8;
  const heights: number[] = [];
  const built = layers.map((layer) => {
    const boxes = layer.nodes.map((node): Placed => {
      const text = String(node.label ?? node.text ?? node.id);
      const lines = wrapped(text, layer.width - 22, compact ? 1 : 4);
      const gap = gaps.has(node.id);
      return { node, x, y: 0, width: layer.width, height: 14 + LINE * (lines.length + (gap && !compact ? 1 : 0)), lines, gap };
    });
    columns.push({ name: layer.name, x, width: layer.width });
    heights.push(boxes.reduce((sum, box) => sum + box.height, 0) + (boxes.length - 1) * (compact ? 6 : GAP));
    x += layer.width + SPACE;
    return boxes;
  });
  const tallest = Math.max(...heights, 120);
  built.forEach((boxes, at) => {
    const space = compact ? 6 : GAP;
    const slack = tallest - (heights[at] ?? 0);
    // Short columns are spread, yet not so far that they look empty.
    const extra = boxes.length > 1 ? Math.min(slack / (boxes.length - 1), 26) : 0;
    let y = HEAD + (slack - extra * (boxes.length - 1)) / 2;
    for (const box of boxes) {
      box.y = y;
      y += box.height + space + extra;
      placed.set(box.node.id, box);
    }
  });
  const lines = edges.flatMap((edge): Line[] => {
    const [from, to] = [placed.get(edge.source), placed.get(edge.target)];
    if (!from || !to || from.x >= to.x) return [];
    const [x1, y1, x2, y2] = [from.x + from.width, from.y + from.height / 2, to.x, to.y + to.height / 2];
    const bend = Math.max(20, (x2 - x1) / 2);
    return [{ edge, from, to, path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, mark: { x: x2 - 7, y: y2 } }];
  });
  return { width: x - SPACE + (layers.length < 3 ? 110 : 12), height: HEAD + tallest + 14, columns, nodes: [...placed.values()], lines };
}

/** Text in lines that fit a width in pixels; a letter of 11.5 px is about 6.2 px wide. */
export function wrapped(text: string, width: number, most: number): string[] {
  const room = Math.floor(width / LETTER);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  lines.push(line);
  const kept = lines.slice(0, most);
  const last = kept.length - 1;
  const cut = kept[last] ?? "";
  if (lines.length > most || cut.length > room) kept[last] = `${cut.slice(0, Math.max(1, room - 1)).trimEnd()}…`;
  return kept;
}
