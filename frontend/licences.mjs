// Writes the licences of every package that a bundle holds: node licences.mjs META OUT

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [, , meta, out] = process.argv;
const { inputs } = JSON.parse(readFileSync(meta, "utf8"));
const folders = new Set(
  Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.slice(0, 1) ?? []),
);

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : "";
  return `${name} ${version}: ${license}\n\n${text}`.trim();
}

const parts = [...folders].map(licenceOf).sort((one, other) => one.localeCompare(other, "en"));
writeFileSync(out, `${parts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`);
