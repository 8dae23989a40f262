import { cpSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const service = process.env.CLAIMSPINE_SERVICE ?? "http://127.0.0.1:8040";

export default defineConfig({
  plugins: [
    svelte(),
    {
      name: "example",
      closeBundle() {
        // The walking example goes with the page, so that a first visit has something to look at.
        for (const part of ["article.md", "references.bib", "evidence"])
          cpSync(`../examples/walking-spine/${part}`, `../api/pages/example/${part}`, { recursive: true });
      },
    },
  ],
  base: "./", // the service may stand under a path of its own
  build: {
    outDir: "../api/pages",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // nothing inline: the page's policy allows files of its own only
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": service, "/sparql": service, "/id": service, "/ontology": service } },
});
