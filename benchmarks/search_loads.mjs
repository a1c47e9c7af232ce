// What queries load of a search index, by the scripts of its page: the files are read where a
// browser would fetch them. Run by benchmarks/search_scale.py with a site and the queries.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const FIRST = 6; // of each kind, as the page shows at first
const [site, ...queries] = process.argv.slice(2);
const assets = path.join(site, "assets");
const names = fs.readdirSync(assets);
const scripts = fs.mkdtempSync(path.join(os.tmpdir(), "search-"));
fs.writeFileSync(path.join(scripts, "package.json"), '{"type": "module"}');
const modules = names.filter((name) => name.endsWith(".js"));
for (const name of modules) fs.copyFileSync(path.join(assets, name), path.join(scripts, name));
const folder = pathToFileURL(path.join(assets, names.find((name) => /^search\.[0-9a-f]+$/.test(name))) + path.sep);

let loaded = [];
globalThis.fetch = async (address) => {
  const data = fs.readFileSync(address);
  loaded.push(data.length);
  return { ok: true, json: async () => JSON.parse(data) };
};
const script = modules.find((name) => name.startsWith("search-index"));
const { Index } = await import(pathToFileURL(path.join(scripts, script)));
console.log("\n| query | found | files | KB | largest KB | ms |\n|---|---|---|---|---|---|");
for (const query of queries) {
  loaded = [];
  const index = new Index(folder);
  const begun = performance.now();
  const found = await index.find(query);
  let count = 0;
  for (const group of found.groups) {
    await index.records(group.ids.slice(0, FIRST), found.terms);
    count += group.known ?? group.ids.length;
  }
  if (!count) await index.suggestions(query);
  const least = found.cut || found.groups.some((group) => group.known === undefined && !group.complete);
  const kilobytes = (bytes) => Math.round(bytes / 1000);
  const all = kilobytes(loaded.reduce((a, b) => a + b, 0));
  const cells = [query, `${least ? "at least " : ""}${count.toLocaleString("en")}`, loaded.length, all];
  console.log(`| ${[...cells, kilobytes(Math.max(...loaded)), Math.round(performance.now() - begun)].join(" | ")} |`);
}
fs.rmSync(scripts, { recursive: true });
