// Files of npm packages that are served or read as they are: fonts for paper, the H5P player core, licences.
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

const top = resolve(import.meta.dirname, "../..");
const packages = join(top, "node_modules");
const assets = join(top, "var/assets");

const fonts = {
  "@expo-google-fonts/tinos": ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"],
  "@expo-google-fonts/be-vietnam-pro": [
    "400Regular", "400Regular_Italic", "500Medium", "600SemiBold", "700Bold", "700Bold_Italic",
  ],
};

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}

function copyFonts() {
  for (const [name, weights] of Object.entries(fonts)) {
    for (const weight of weights) {
      const folder = join(packages, name, weight);
      const file = readdirSync(folder).find((entry) => entry.endsWith(".ttf"));
      copy(join(folder, file), join(assets, "fonts", file));
    }
    copy(join(packages, name, "LICENSE_FONT"), join(assets, "fonts", `${basename(name)}-OFL.txt`));
  }
}

function copyPlayer() {
  // Core is GPL-3: separate files, with its notice beside them, never part of a bundle of ours.
  // Its loader (main.bundle.js) is left out: Django lists the files of a content itself.
  for (const part of ["fonts", "images", "styles", "frame.bundle.js"]) {
    copy(join(packages, "h5p-standalone/dist", part), join(assets, "h5p", part));
  }
  copy(join(import.meta.dirname, "notices/h5p.txt"), join(assets, "h5p/NOTICE.txt"));
}

function copyLicences() {
  for (const name of ["@alpinejs/csp", "@getodk/web-forms", "bootstrap", "chart.js", "htmx.org", "vue"]) {
    const file = ["LICENSE", "LICENSE.md"].map((entry) => join(packages, name, entry)).find((path) => existsSync(path));
    if (file) copy(file, join(assets, "licences", `${name.replace("/", "-")}.txt`));
  }
}

export function copies() {
  return {
    name: "copies",
    closeBundle() {
      copyFonts();
      copyPlayer();
      copyLicences();
    },
  };
}
