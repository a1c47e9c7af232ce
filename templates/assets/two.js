// Sets two disclosures side by side, from the small JSON files of their departments. Which they are
// stands in the address. Without this script the page leads to each of them.

import { amountSaid } from "./amounts.js";

const SIDES = ["a", "b"];
const PAUSE = 200; // milliseconds without a key before departments are looked up
const MOST_FOUND = 8; // departments
const MOST_CLASSES = 12;

const language = document.documentElement.lang;
const form = document.querySelector("form.two");
const status = form.querySelector("[role=status]");
const place = document.querySelector("#two");
const messages = JSON.parse(document.getElementById("messages").textContent);
const home = new URL(form.dataset.home, document.baseURI);
const shared = new URL(form.dataset.shared, document.baseURI);
const filled = (message, values) => message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const files = new Map();
let turn = 0;
let lookup;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== undefined && child !== ""));
  return made;
}

/** What a department printed is Chinese on a page of any language. */
const printed = (text) => element("span", { lang: "zh-CN" }, text);
const said = (yuan) => amountSaid(Number(yuan), messages.units, language);

// ── what is compared ──────────────────────────────────────────────────────────────────────────

async function department(id) {
  if (!files.has(id)) {
    const asked = fetch(new URL(`data/json/departments/${encodeURIComponent(id)}.json`, shared)).then((answer) => {
      if (!answer.ok) throw new Error(`${id}: ${answer.status}`);
      return answer.json();
    });
    asked.catch(() => files.delete(id));
    files.set(id, asked);
  }
  return files.get(id);
}

/** A disclosure by its identifier, its department, and the same of the year before. */
async function disclosure(id) {
  const who = await department(id.slice(0, id.lastIndexOf("/")));
  const found = who.disclosures.find((each) => each.disclosure === id);
  if (!found) throw new Error(id);
  const before = who.disclosures.find((each) => each.kind === found.kind && each.year === found.year - 1);
  return { ...found, who, before, base: new URL(`departments/${id}/`, home) };
}

const when = ({ year, kind }) => filled(messages.when, { year, kind: messages.kinds[kind] });
const title = (of) => (language === "zh-CN" ? of.title : of.title_english || of.title);
const sum = (parts) => parts.reduce((whole, { amount_yuan: yuan }) => whole + Number(yuan), 0);

function share(part, whole) {
  if (!(whole > 0) || part < 0 || part > whole) return "";
  const permille = Math.round((part * 1000) / whole);
  if (part && !permille) return messages.under;
  if (part < whole && permille === 1000) return messages.over;
  return part === 0 ? "0%" : part === whole ? "100%" : `${(permille / 10).toFixed(1)}%`;
}

function changed(before, after) {
  if (before === after) return messages.unchanged;
  const amount = said(Math.abs(after - before));
  const more = after > before;
  if (before <= 0) return filled(more ? messages.more : messages.less, { amount });
  const percent = ((Math.abs(after - before) * 100) / before).toFixed(1);
  const rate = percent === "0.0" ? messages.under : `${percent}%`;
  return filled(more ? messages.moreBy : messages.lessBy, { amount, rate });
}

// ── how it is shown ───────────────────────────────────────────────────────────────────────────

/** An amount as a link to the line that prints it. */
function amount(of, part) {
  if (!part || part.amount_yuan === undefined) return element("span", { className: "none" }, messages.none);
  if (!part.line) return said(part.amount_yuan);
  return element("a", { className: "figure", href: new URL(`source/#L${part.line}`, of.base) }, said(part.amount_yuan));
}

function bar(part, whole) {
  if (!(whole > 0) || part < 0 || part > whole) return undefined;
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const stretch = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true", class: "bar" })) drawing.setAttribute(name, value);
  for (const [name, value] of Object.entries({ width: (part / whole) * 1000, height: 10 })) stretch.setAttribute(name, value);
  drawing.append(stretch);
  return drawing;
}

/** A part of a whole: its share, its amount, and a bar. */
function portion(of, part, whole) {
  const yuan = part && Number(part.amount_yuan);
  const told = part && share(yuan, whole);
  return [told && element("strong", {}, told), told && " ", amount(of, part), part && bar(yuan, whole)].filter(Boolean);
}

/** One thing of both: its name above the two. */
function row(name, pair) {
  const head = element("th", { colSpan: 2, scope: "rowgroup" }, name);
  const cells = pair.map((content) => element("td", {}, ...[content].flat().filter(Boolean)));
  return element("tbody", {}, element("tr", {}, head), element("tr", {}, ...cells));
}

/** A heading of several things, which says what their shares are of. */
const heading = (name) => element("tbody", {}, element("tr", {}, element("th", { colSpan: 2, scope: "rowgroup", className: "heading" }, name)));

function totals(both) {
  const of = (name) => both.map((each) => amount(each, each.figures[name]));
  return [
    row(messages.expenditure, of("total_expenditure")),
    row(messages.change, both.map(change)),
    row(messages.income, of("total_income")),
  ];
}

function change(of) {
  const [now, then] = [of.figures.total_expenditure, of.before?.figures.total_expenditure];
  if (!now || !then) return element("span", { className: "none" }, messages.notHeld);
  const source = { ...of, base: new URL(`departments/${of.before.disclosure}/`, home) };
  return [changed(Number(then.amount_yuan), Number(now.amount_yuan)), element("br"), element("span", { className: "size" }, `${when(of.before)} `, amount(source, then))];
}

const partOf = (of, list, key) => (of.figures[list] ?? []).find((each) => each.key === key);

function spending(both) {
  const kinds = ["basic_expenditure", "project_expenditure"];
  const pair = (key) =>
    both.map((of) => {
      const parts = kinds.map((each) => partOf(of, "expenditure_by_type", each)).filter(Boolean);
      return portion(of, partOf(of, "expenditure_by_type", key), parts.length === kinds.length ? sum(parts) : 0);
    });
  return [heading(messages.ofBoth), ...kinds.map((key) => row(messages.names[key], pair(key)))];
}

function functions(both) {
  const lists = both.map((of) => of.figures.expenditure_by_function ?? []);
  const wholes = lists.map(sum);
  const size = (key) => Math.max(...lists.map((list, at) => Number(list.find((each) => each.key === key)?.amount_yuan ?? 0) / (wholes[at] || 1)));
  const keys = [...new Set(lists.flat().map(({ key }) => key))].sort((a, b) => size(b) - size(a));
  const rows = keys.slice(0, MOST_CLASSES).map((key) => {
    const named = lists.flat().find((each) => each.key === key);
    const nothing = element("span", { className: "none" }, messages.nothing); // zeros are not told apart
    const pair = both.map((of, at) => {
      const part = partOf(of, "expenditure_by_function", key);
      return part ? portion(of, part, wholes[at]) : nothing.cloneNode(true);
    });
    return row(messages.classes[key] ?? printed(named.name), pair);
  });
  return rows.length ? [heading(messages.ofFunctions), ...rows] : [];
}

function threePublic(both) {
  const whole = both.map((of) => portion(of, of.figures.three_public_expenses, Number(of.figures.total_expenditure?.amount_yuan ?? 0)));
  const keys = [...new Set(both.flatMap((of) => (of.figures.three_public_parts ?? []).map(({ key }) => key)))];
  const parts = keys.map((key) => row(messages.names[key] ?? key, both.map((of) => amount(of, partOf(of, "three_public_parts", key)))));
  return [heading(messages.ofExpenditure), row(messages.threePublic, whole), ...parts, row(messages.operating, both.map((of) => amount(of, of.figures.agency_operating_expenses)))];
}

function checks(of) {
  const { causes, differs = 0, holds = 0 } = of.checks;
  const wrong = causes || differs;
  const text = wrong ? filled(messages.wrong, { count: wrong }) : filled(messages.right, { count: holds });
  return element("a", { href: new URL(form.dataset.checks, of.base), className: wrong ? "outcome differs" : "outcome" }, text);
}

function projects(of) {
  if (!of.projects) return element("span", { className: "none" }, messages.none);
  const items = of.largest_projects.map((each) => element("li", {}, printed(each.name || messages.nameless), " ", amount(of, each)));
  return [filled(messages.projects, { count: of.projects }), element("ol", {}, ...items)];
}

/** What makes the two unlike: years, kinds of disclosure, kinds of bureau, levels. */
function unlike([a, b]) {
  const known = [a, b].every(({ who }) => who.bureau in messages.names);
  const differences = [
    [a.year !== b.year, messages.years, a.year, b.year],
    [a.kind !== b.kind, messages.disclosures, messages.kinds[a.kind], messages.kinds[b.kind]],
    [a.who.level !== b.who.level, messages.levels, messages.names[a.who.level], messages.names[b.who.level]],
    [known && a.who.bureau !== b.who.bureau, messages.bureaus, messages.names[a.who.bureau], messages.names[b.who.bureau]],
    [!known, messages.unknown],
  ];
  return differences.filter(([differ]) => differ).map(([, message, one, other]) => filled(message, { one: one ?? "—", other: other ?? "—" }));
}

function head(of) {
  return element("th", { scope: "col" }, element("a", { href: of.base }, language === "zh-CN" ? of.who.name : of.who.name_english || printed(of.who.name)), element("span", { className: "when" }, when(of)));
}

function shown(both) {
  const differences = unlike(both);
  const items = differences.map((text) => element("li", {}, text));
  const care = element("div", { className: "caution" }, element("p", {}, differences.length ? messages.unlike : messages.alike), items.length ? element("ul", {}, ...items) : "");
  const table = element(
    "table",
    { className: "two" },
    element("caption", { className: "hidden" }, both.map(title).join(messages.and)),
    element("thead", {}, element("tr", {}, ...both.map(head))),
    ...totals(both),
    ...spending(both),
    ...functions(both),
    ...threePublic(both),
    row(messages.checked, both.map(checks)),
    row(messages.largest, both.map(projects)),
  );
  return [care, table];
}

// ── what is chosen ────────────────────────────────────────────────────────────────────────────

const chosen = () => SIDES.map((side) => form.elements[side].value);

async function compare() {
  const mine = ++turn;
  const ids = chosen();
  if (!ids.every(Boolean)) {
    place.replaceChildren();
    status.textContent = "";
    return;
  }
  status.textContent = messages.waiting;
  try {
    const both = await Promise.all(ids.map(disclosure));
    if (mine !== turn) return;
    place.replaceChildren(...shown(both));
    status.textContent = messages.shown;
    for (const [at, side] of SIDES.entries()) offer(side, [both[at]].map((of) => ({ id: of.disclosure, label: title(of) })));
  } catch (error) {
    console.error(error);
    if (mine === turn) status.textContent = messages.failed;
  }
}

/** Lets something be chosen that is not in the list yet. */
function offer(side, options) {
  const select = form.elements[side];
  for (const { id, label } of options) {
    const known = [...select.options].find(({ value }) => value === id);
    if (known) known.textContent ||= label;
    else select.add(new Option(label, id));
  }
}

async function find(side, text) {
  lookup ??= import(new URL(form.dataset.lookup, document.baseURI)).then(({ Index }) => new Index(new URL(form.dataset.index, document.baseURI)));
  const found = await (await lookup).named(text, MOST_FOUND);
  const select = form.elements[side];
  const kept = [...select.options].filter((option) => !option.value || option.selected);
  select.replaceChildren(...kept);
  const label = (of) => filled(messages.option, { name: language === "zh-CN" ? of.name : of.english || of.name, when: filled(messages.when, { year: of.year, kind: messages.said[of.kind] }) });
  offer(side, found.flat().reverse().map((of) => ({ id: of.id, label: label(of) })));
  status.textContent = filled(found.length ? messages.found : messages.nobody, { count: found.flat().length });
}

function remember() {
  const asked = new URLSearchParams(SIDES.flatMap((side) => (form.elements[side].value ? [[side, form.elements[side].value]] : [])));
  history.replaceState(null, "", `${location.pathname}?${asked}`);
}

for (const side of SIDES) {
  form.elements[side].addEventListener("change", () => {
    remember();
    compare();
  });
  let timer;
  form.elements[`find-${side}`]?.addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(() => find(side, target.value).catch(() => (status.textContent = messages.failed)), PAUSE);
  });
}
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("fieldset").disabled = false;
for (const [side, id] of new URLSearchParams(location.search)) {
  if (!SIDES.includes(side) || !/^[^/\\]+\/\d{4}-[a-z-]+$/.test(id)) continue;
  offer(side, [{ id, label: id }]);
  form.elements[side].value = id;
}
compare();
