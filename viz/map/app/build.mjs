// node build.mjs           writes the bundle, the library and its notice into ../templates
// node build.mjs compare   says whether what is committed is what the sources give
// node build.mjs tests     bundles the unit tests into node_modules/.tests
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const TEMPLATES = new URL("../templates/", import.meta.url);
const COMMON = { bundle: true, charset: "utf8", legalComments: "none", logLevel: "warning", write: false };
const LIBRARY = ["vis-network", "vis-data", "vis-util", "@egjs/hammerjs", "component-emitter", "keycharm", "uuid"];

async function bundled(options) {
  const { outputFiles, metafile } = await build({ ...COMMON, metafile: true, ...options });
  for (const input of Object.keys(metafile.inputs)) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(input)?.[1];
    if (name && !LIBRARY.includes(name)) throw new Error(`${name} is bundled, and its licence is not in the notice`);
  }
  return outputFiles[0].text;
}

function notice(name) {
  const folder = new URL(`node_modules/${name}/`, import.meta.url);
  const { version, license } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  const terms = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file)).sort().map((file) => readFileSync(new URL(file, folder), "utf8").trim());
  return `${name} ${version} (${license})\n\n${terms.join("\n\n")}`;
}

async function outputs() {
  const app = await bundled({ entryPoints: ["src/main.ts"], format: "iife", target: "es2020", minify: true });
  const library = await bundled({
    stdin: { contents: 'export { Network } from "vis-network/esnext/esm/vis-network.js";', resolveDir: "." },
    format: "iife", globalName: "vis", target: "es2020", minify: true,
  });
  const notices = LIBRARY.map(notice).join(`\n\n${"-".repeat(78)}\n\n`).replaceAll("\r\n", "\n");
  const atlas = await bundled({ entryPoints: ["src/atlas.ts"], format: "iife", target: "es2020", minify: true });
  return { "map.js": app, "../../atlas/templates/atlas.js": atlas, "vis-network.js": library, "vis-network.LICENSE.txt": `${notices}\n` };
}

async function tests() {
  rmSync("node_modules/.tests", { recursive: true, force: true });
  mkdirSync("node_modules/.tests");
  for (const name of readdirSync("tests")) {
    const text = await bundled({ entryPoints: [`tests/${name}`], format: "esm", platform: "node", target: "node20" });
    writeFileSync(`node_modules/.tests/${name.replace(/\.ts$/, ".mjs")}`, text);
  }
}

const wanted = process.argv[2];
if (wanted === "tests") await tests();
else
  for (const [name, text] of Object.entries(await outputs())) {
    const path = new URL(name, TEMPLATES);
    if (wanted !== "compare") writeFileSync(path, text);
    else if (readFileSync(path, "utf8").replaceAll("\r\n", "\n") !== text) {
      console.error(`${name} in viz/map/templates is not what viz/map/app gives; run: npm run bundle`);
      process.exitCode = 1;
    }
  }
