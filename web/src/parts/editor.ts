/** The code editor, fetched only where one is needed. It lives in a shadow root: its styles are sheets made by
 * script, which the page's policy lets in there and nowhere else. */

import { autocompletion, completionKeymap, type CompletionContext } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { turtle } from "@codemirror/legacy-modes/mode/turtle";
import { yaml } from "@codemirror/legacy-modes/mode/yaml";
import { Compartment, EditorState, StateEffect, StateField, type Range } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, drawSelection, highlightActiveLine, keymap, lineNumbers, placeholder, type DecorationSet } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export interface Message {
  line: number;
  text: string;
  severity: "error" | "warning" | "info";
}

export interface Completion {
  label: string;
  detail?: string;
}

export interface Editor {
  text(): string;
  set(text: string): void;
  show(messages: Message[]): void;
  focus(): void;
  destroy(): void;
}

const SIGNS = { error: "✖", warning: "▲", info: "●" };

class MessageWidget extends WidgetType {
  constructor(readonly messages: Message[]) {
    super();
  }
  override eq(other: MessageWidget): boolean {
    return JSON.stringify(other.messages) === JSON.stringify(this.messages);
  }
  toDOM(): HTMLElement {
    const box = document.createElement("div");
    box.className = "cs-messages";
    for (const one of this.messages) {
      const line = document.createElement("div");
      line.className = `cs-message cs-${one.severity}`;
      line.textContent = `${SIGNS[one.severity]} ${one.text}`;
      box.append(line);
    }
    return box;
  }
}

const setMessages = StateEffect.define<Message[]>();

const messageField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(held, transaction) {
    let now = held.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMessages)) continue;
      const doc = transaction.state.doc;
      const byLine = new Map<number, Message[]>();
      for (const one of effect.value) {
        const line = Math.min(Math.max(one.line, 1), doc.lines);
        byLine.set(line, [...(byLine.get(line) ?? []), one]);
      }
      const ranges: Range<Decoration>[] = [];
      for (const [number, messages] of [...byLine].sort(([a], [b]) => a - b)) {
        const line = doc.line(number);
        const worst = messages.some((one) => one.severity === "error") ? "error" : (messages[0]?.severity ?? "info");
        ranges.push(Decoration.line({ class: `cs-line cs-line-${worst}` }).range(line.from));
        ranges.push(Decoration.widget({ widget: new MessageWidget(messages), block: true, side: 1 }).range(line.to));
      }
      now = Decoration.set(ranges, true);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--good)" },
  { tag: [tags.variableName, tags.local(tags.variableName)], color: "var(--info)" },
  { tag: [tags.number, tags.bool, tags.atom], color: "var(--warning)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.tagName], color: "var(--accent)" },
  { tag: tags.meta, color: "var(--soft)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--card)", fontSize: "14px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", minHeight: "inherit", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--ink)", padding: "10px 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sunk)", color: "var(--soft)", border: "none", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent-tint) 45%, transparent)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent) !important" },
  ".cm-placeholder": { color: "var(--soft)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", border: "1px solid var(--line)", color: "var(--ink)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cs-line-error": { backgroundColor: "var(--error-tint)" },
  ".cs-line-warning": { backgroundColor: "var(--warning-tint)" },
  ".cs-messages": { padding: "4px 14px 6px", fontFamily: "var(--sans)", fontSize: "13.5px", whiteSpace: "normal" },
  ".cs-message": { padding: "1px 0" },
  ".cs-error": { color: "var(--error)" },
  ".cs-warning": { color: "var(--warning)" },
  ".cs-info": { color: "var(--info)" },
});

const LANGUAGES = { sparql, yaml, turtle };

export interface Options {
  text: string;
  language: "sparql" | "yaml" | "turtle" | "text";
  label: string;
  hint?: string;
  completions?: () => Completion[];
  onrun?: () => void;
  onchange?: () => void;
}

export function edit(host: HTMLElement, options: Options): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const parent = document.createElement("div");
  root.append(parent);
  const language = new Compartment();
  const complete = (context: CompletionContext) => {
    const word = context.matchBefore(/[\w:]+/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    return { from: word.from, options: (options.completions?.() ?? []).map((one) => ({ ...one, type: "property" })), validFor: /^[\w:-]*$/ };
  };
  const view = new EditorView({
    root,
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        bracketMatching(),
        indentOnInput(),
        language.of(options.language === "text" ? [] : StreamLanguage.define(LANGUAGES[options.language])),
        syntaxHighlighting(colours),
        messageField,
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": options.label, "aria-multiline": "true" }),
        options.hint ? placeholder(options.hint) : [],
        options.completions ? autocompletion({ override: [complete] }) : [],
        keymap.of([
          { key: "Mod-Enter", run: () => (options.onrun?.(), true) },
          // Tab leaves the editor, as everywhere on the page: who uses keys alone must get out again.
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onchange?.();
        }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    set(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, effects: setMessages.of([]) });
    },
    show(messages) {
      const first = messages[0];
      const line = first ? view.state.doc.line(Math.min(Math.max(first.line, 1), view.state.doc.lines)) : undefined;
      view.dispatch({ effects: line ? [setMessages.of(messages), EditorView.scrollIntoView(line.from, { y: "center" })] : setMessages.of(messages) });
    },
    focus: () => view.focus(),
    destroy() {
      view.destroy();
      parent.remove();
    },
  };
}
