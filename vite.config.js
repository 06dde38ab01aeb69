// Builds lms/frontend into var/assets, which Django serves as static files.
// Every folder of lms/frontend that has a main.js becomes one script and one style sheet of the folder's name.
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";
import { copies } from "./lms/frontend/copies.js";

const sources = resolve(import.meta.dirname, "lms/frontend");

function entries() {
  const folders = readdirSync(sources).filter((name) => existsSync(resolve(sources, name, "main.js")));
  return Object.fromEntries(folders.map((name) => [name, resolve(sources, name, "main.js")]));
}

export default defineConfig({
  root: sources,
  base: "./",
  publicDir: false,
  plugins: [vue(), copies()],
  css: { preprocessorOptions: { scss: { quietDeps: true, silenceDeprecations: ["import", "if-function"] } } },
  build: {
    outDir: resolve(import.meta.dirname, "var/assets"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 6000,
    modulePreload: false,
    rolldownOptions: {
      input: entries(),
      output: {
        // Stable names: Django's static files storage adds the hash.
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: ({ names }) =>
          /\.woff2?$/.test(names[0] ?? "") ? "webfonts/[name][extname]" : "[name][extname]",
      },
    },
  },
});
