/** The reports' words and signs, and how they put them together: a test holds both alike. */

import type { Claim, Dose, Effect, Evidence, Finding, GroupValue, Reference } from "./api/client";
import { BOUNDS, CAUSAL, DESIGNS, EFFECTS, MEASURES, SHORT_UNITS } from "./words.tables";

export { DIRECTION, SEVERITY, STATUS, VERDICT, VIA } from "./words.tables";

export const SEVERITIES = ["error", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

export function css(word: string | null | undefined): string {
  return (word ?? "unknown").replaceAll(" ", "-");
}

export function count(number: number, one: string, many = one + "s"): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A number as people print it; digits that came as text are kept. */
export function number(value: number | string | null | undefined): string {
  if (value === null || value === undefined || value === "") return "not known";
  const digits = typeof value === "number" ? value.toLocaleString("en", { maximumFractionDigits: 20, useGrouping: false }) : value;
  const [whole = "", ...part] = digits.replace("-", "−").split(".");
  return [whole.replace(/\B(?=(?:\d{3})+$)/g, ","), ...part].join(".");
}

/** The name of a rule in words: "co-intervention dropped". */
export function ruleName(name: string): string {
  return name.replaceAll("-", " ").replaceAll("co intervention", "co-intervention");
}

/** A study design as people write it: "meta-analysis"; one that the scheme does not know without its hyphens. */
export function design(name: string): string {
  return DESIGNS[name] ?? name.replaceAll("-", " ");
}

/** A number with its unit, as the reports tell it: "208 days", "5 sessions/week", "14 %". */
export function amount(value: number | string, name: string | null | undefined): string {
  if (!name || name === "dimensionless") return number(value);
  if (name === "percent") return `${number(value)} %`;
  const [first = "", ...per] = name.replaceAll("_", " ").split("/");
  const words = /^(?:[a-z]{3,}|percentage point)$/.test(first) && !/[szx]$/.test(first) && !SHORT_UNITS.has(first);
  const counted = !words || Math.abs(Number(value)) === 1 ? first : first === "person" ? "people" : `${first}s`;
  return `${number(value)} ${[counted, ...per].join("/")}`;
}

export function measure(name: string): string {
  return MEASURES[name] ?? name.replaceAll("-", " ");
}

/** A measure with its number: "HR 0.72", "median 208 days", "14 %", "2 muscles". */
export function measured(name: string, value: number | string, unit: string | null | undefined): string {
  const percent = name === "percent" || name.startsWith("percent-");
  const named = ["percent", "count", "other"].includes(name) ? "" : `${measure(name)} `;
  return named + amount(value, unit ?? (percent ? "percent" : null));
}

type Bounds = { low?: number | string | null; high?: number | string | null; level?: number | string | null };

export function interval({ low, high, level }: Bounds): string {
  if (low == null && high == null) return "";
  const at = level != null ? `${number(level)} % CI ` : "interval ";
  if (low == null) return `${at}up to ${number(high)}`;
  return high == null ? `${at}from ${number(low)}` : `${at}${number(low)} to ${number(high)}`;
}

export function effect(of: Effect): string {
  const p = of.p_value == null ? "" : `p ${BOUNDS[of.p_bound ?? ""] ?? "="} ${number(of.p_value)}`;
  if (of.value == null) return `${measure(of.measure)}, value not recorded${p ? ` (${p})` : ""}`;
  const inside = [interval(of) || "interval not recorded", p].filter(Boolean).join("; ");
  return `${measured(of.measure, of.value, of.unit)} (${inside})`;
}

export function group(of: GroupValue): string {
  const value = of.value == null ? `${measure(of.measure)}, value not recorded` : measured(of.measure, of.value, of.unit);
  const within = interval(of);
  return `${of.label}: ${value}${within ? ` (${within})` : ""}${of.size != null ? `, n = ${number(of.size)}` : ""}`;
}

export function result(of: Finding): string {
  if (of.effect && of.effect.value != null) return effect(of.effect);
  if (of.groups.length) return of.groups.map(group).join("; ");
  if (of.effect_direction) return EFFECTS[of.effect_direction] ?? of.effect_direction;
  return "no result recorded";
}

export function findingName(of: Finding): string {
  return of.label || of.outcome.map((one) => one.label).join(", ") || "finding";
}

export function dose(of: Pick<Dose, "low" | "high" | "unit" | "role">): string {
  const shown =
    of.low != null && of.high != null
      ? Number(of.low) === Number(of.high)
        ? amount(of.low, of.unit)
        : `${number(of.low)} to ${amount(of.high, of.unit)}`
      : of.low != null
        ? `at least ${amount(of.low, of.unit)}`
        : of.high != null
          ? `up to ${amount(of.high, of.unit)}`
          : `an unknown amount (${of.unit})`;
  return shown + (of.role ? ` (${of.role})` : "");
}

/** The filled slots of a claim, in reading order; an empty slot is unknown and is not shown. */
export function slots(claim: Claim): [string, string][] {
  const of = claim.proposition;
  const names = (concepts: { label: string }[]) => concepts.map((one) => one.label).join(", ");
  const all: [string, string][] = [
    ["Exposure", names(of.exposure)],
    ["Together with", names(of.co_intervention)],
    ["Dose", of.dose.map(dose).join("; ")],
    ["Compared with", names(of.comparator)],
    ["Outcome", names(of.outcome)],
    ["People", names(of.population)],
    ["Direction", EFFECTS[of.effect_direction ?? ""] ?? of.effect_direction ?? ""],
    ["Magnitude", of.magnitude ? `“${of.magnitude}”` : ""],
    ["Worded as", of.causal_strength === "none" ? "" : (CAUSAL[of.causal_strength] ?? of.causal_strength)],
    ["Hedged", of.hedged ? "yes" : ""],
    ["Over", of.horizon_days != null ? amount(Math.round(of.horizon_days), "day") : ""],
    ["Of its study", claim.study.map((one) => `“${one.text}”: ${one.agrees ? "as" : "not as"} in its source, ${one.recorded}`).join("; ")],
  ];
  return all.filter(([, said]) => said !== "");
}

export function sourceName(one: Evidence): string {
  return one.work?.name ?? one.study?.label ?? "unnamed source";
}

export function studyText(study: { label?: string | null; design?: string | null; sample_size?: number | null }): string {
  const about = [study.design ? design(study.design) : "", study.sample_size != null ? `n = ${number(study.sample_size)}` : ""];
  const said = about.filter(Boolean).join(", ") || "design not recorded";
  return study.label ? `${study.label}: ${said}` : said;
}

export function workText(work: NonNullable<Reference["work"]>): string {
  const people = work.authors.slice(0, 3).join(", ") + (work.authors.length > 3 ? ", et al." : "");
  const place = [
    work.journal ?? "",
    work.volume ? ` ${work.volume}${work.issue ? `(${work.issue})` : ""}` : "",
    work.pages || work.article_number ? `: ${work.pages ?? work.article_number}` : "",
  ].join("");
  const doi = work.doi ? `doi:${work.doi}` : work.pmid ? `PMID ${work.pmid}` : "";
  const who = [people.replace(/\.+$/, ""), work.year ? `(${work.year})` : ""].filter(Boolean).join(" ");
  return [who, work.title?.replace(/\.+$/, "") ?? "", place.trim(), doi].filter(Boolean).join(". ");
}

export function when(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return at.toLocaleString("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

/** A level of certainty in words; "at most" where something that is not recorded could lower it. */
export function grade(level: string | null | undefined, atMost = false): string {
  return level ? `${atMost ? "at most " : ""}${level.replace("-", " ")}` : "";
}
