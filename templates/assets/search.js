// The page of the search: what is typed becomes results, and an address that can be shared.
// The page is complete without this script; the index is loaded when a reader first searches.

const PAUSE = 150; // milliseconds without a key before a search begins
const PATIENCE = 400; // milliseconds without a word on a search under way
const FEW = 6; // of each kind at first, where no kind is chosen
const MORE = 20;
const LONG = 120; // characters of a text

const form = document.querySelector("form.search");
const input = form.elements.q;
const status = form.querySelector("[role=status]");
const results = document.querySelector("#results");
const examples = document.querySelector(".examples"); // in the way of results
const messages = JSON.parse(document.getElementById("messages").textContent); // in the page's language
const original = { lang: "zh-CN" }; // what is found is as the disclosures print it
const root = new URL(form.dataset.root, document.baseURI);
const title = document.title;
let lookup; // the module and the index, once a reader has searched
let latest = 0;
let timer;

async function ready() {
  lookup ??= import(new URL(form.dataset.lookup, document.baseURI))
    .then((module) => ({ module, index: new module.Index(new URL(form.dataset.index, document.baseURI)) }))
    .catch((error) => {
      lookup = undefined;
      throw error;
    });
  return lookup;
}

const filled = (message, values) => message.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** An element; children that are nothing are left out. */
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter(Boolean));
  return made;
}

/** A text with what was looked for marked. */
function marked(text, pattern) {
  const parts = pattern ? text.split(pattern) : [text];
  return parts.map((part, at) => (at % 2 ? element("mark", {}, part) : part));
}

/** The part of a long text around what was looked for. */
function around(text, pattern) {
  const place = pattern ? text.search(pattern) : 0;
  const start = text.length > LONG && place > 40 ? place - 30 : 0;
  const end = start + LONG;
  return `${start ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}

/** Whose it is: department, year and kind; for what many disclosures share, how many. */
function whose(record) {
  if (record.of.length !== 1) return [];
  const { name, english, year, kind } = record.of[0];
  const when = filled(messages.when, { year, kind: messages.disclosures[kind] ?? kind });
  return [messages.english && english ? english : element("span", original, name), when];
}

function amountOf(record, asked, path) {
  const { amount, hit } = asked.meant(record, asked.words);
  if (!amount) return undefined;
  const [column, printed] = amount;
  const unit = printed.endsWith("元") ? "" : (record.u ?? "");
  const text = [hit ? element("mark", {}, printed) : printed, unit];
  const line = path && record.l && new URL(`${path}source/#L${record.l}`, root).href;
  const figure = line ? element("a", { href: line, ...original }, ...text) : element("span", original, ...text);
  figure.className = "figure";
  const name = column === record.t ? "" : element("span", { className: "column", ...original }, column);
  return element("p", { className: "sum" }, name, " ", figure);
}

function item(record, asked) {
  const { pattern } = asked;
  const of = record.own ? [] : whose(record);
  const line = of.length && record.l ? filled(messages.line, { line: record.l }) : "";
  const told = of.map((part) => part.textContent ?? part);
  const place = record.w && !told.includes(record.w) && element("span", original, record.w);
  const again = record.p ? filled(messages.again, { count: record.p }) : "";
  const parts = [...of, place, line, again].filter(Boolean);
  const where = parts.flatMap((part, at) => [at ? "\u00a0· " : "", element("span", { className: (part.textContent ?? part).length < 12 ? "whole" : "" }, part)]);
  const code = record.c ? element("span", { className: "code" }, record.c, " ") : "";
  const link = element("a", { href: new URL(record.h, root).href, ...original }, code, ...marked(record.t, pattern));
  return element(
    "li",
    {},
    element("p", { className: "name" }, link),
    messages.english && record.e && element("p", { className: "text" }, ...marked(record.e, pattern)),
    amountOf(record, asked, record.of.at(-1)?.path),
    element("p", { className: "where" }, ...where),
    record.s && element("p", { className: "text", ...original }, ...marked(around(record.s, pattern), pattern)),
  );
}

/** How many there are of a kind, and whether there may be more. */
function counted(found, group) {
  if (group.known !== undefined) return { count: group.known, least: false };
  return { count: group.ids.length, least: found.cut || !group.complete };
}

const said = (name, { count, least }, more) => filled(messages[least ? `${name}AtLeast` : name], { count, ...more });

/** One kind of results: a heading with their number, the first of them, a button for more. */
async function section(found, group, first, asked, { index }) {
  const heading = element("h2", { id: `found-${group.word}` });
  const list = element("ol", { className: "found" });
  const button = element("button", { type: "button" });
  const made = element("section", {}, heading, list, button);
  made.setAttribute("aria-labelledby", heading.id);
  const name = messages.kinds[group.word] ?? group.word;
  const told = { made, count: 0, least: false };
  let shown = 0;
  let wrong = 0;
  const show = async (number) => {
    if (shown + number > group.ids.length) await index.more(found, group);
    const next = group.ids.slice(shown, shown + number);
    const records = await index.records(next, asked.terms);
    const items = records.map((record) => item(record, asked));
    wrong += next.length - items.length;
    shown += next.length;
    list.append(...items);
    const { count, least } = counted(found, group);
    Object.assign(told, { count: count - wrong, least });
    heading.replaceChildren(name, " ", element("span", { className: "size" }, said("count", told)));
    const left = group.ids.length - shown;
    button.hidden = group.complete && !left;
    button.textContent = left ? filled(messages.more, { count: Math.min(MORE, left), kind: name }) : filled(messages.further, { kind: name });
    return items[0];
  };
  await show(first);
  button.addEventListener("click", async () => {
    button.disabled = true;
    const next = await show(MORE).catch(failed);
    button.disabled = false;
    (next?.querySelector("a") ?? button).focus();
  });
  return told;
}

function failed(error) {
  console.error(error);
  status.textContent = messages.failed;
}

async function nothing(query, { index }) {
  const said = element("p", {}, filled(messages.nothing, { query }));
  const found = await index.suggestions(query);
  const links = found.map((text) => {
    const address = new URL(location.href);
    address.search = new URLSearchParams({ q: text }).toString();
    return element("li", {}, element("a", { href: address.href, ...original }, text));
  });
  const list = links.length ? [element("p", {}, messages.suggestions), element("ul", { className: "links" }, ...links)] : [];
  return element("div", { className: "nothing" }, said, ...list, element("p", {}, messages.tips));
}

async function sections(found, kind, loaded) {
  const { pattern, meant } = loaded.module;
  const words = found.terms.flat(); // an everyday word, and what is printed for it
  const asked = { terms: found.terms, words, pattern: pattern(words), meant };
  const made = [];
  for (const group of found.groups) {
    if ((!kind || kind === group.word) && (group.ids.length || !group.complete)) {
      made.push(await section(found, group, kind ? MORE : FEW, asked, loaded));
    }
  }
  return made.filter(({ count, least }) => count || least);
}

/** Says beside each choice that was not made how many finds it would leave. */
function choices(found, counts) {
  const least = found.cut || found.groups.some(({ complete }) => !complete);
  for (const select of form.querySelectorAll("select")) {
    for (const option of select.options) {
      option.dataset.label ??= option.textContent;
      const count = counts[select.name]?.get(option.value);
      const plain = !count || select.value || !option.value;
      option.textContent = plain ? option.dataset.label : said("choice", { count, least }, { label: option.dataset.label });
    }
  }
}

async function search() {
  const mine = ++latest;
  const query = input.value.trim();
  document.title = query ? `${query} — ${title}` : title;
  if (examples) examples.hidden = Boolean(query);
  if (!query) {
    status.textContent = "";
    results.replaceChildren();
    return;
  }
  const slow = setTimeout(() => (status.textContent = messages.searching), PATIENCE);
  try {
    const loaded = await ready();
    const { kind, year, place, disclosure } = form.elements;
    const filters = { kind: kind.value, year: year.value, place: place.value, disclosure: disclosure.value };
    const found = await loaded.index.find(query, filters);
    const made = await sections(found, filters.kind, loaded);
    const counts = await loaded.index.facets(found);
    const shown = made.length ? made.map((each) => each.made) : [await nothing(query, loaded)];
    if (mine !== latest) return; // something else was typed since
    choices(found, counts);
    results.replaceChildren(...shown);
    const all = { count: made.reduce((sum, { count }) => sum + count, 0), least: made.some(({ least }) => least) };
    status.textContent = made.length ? said("found", all) : messages.none;
  } catch (error) {
    if (mine === latest) failed(error);
  } finally {
    clearTimeout(slow);
  }
}

function address() {
  const found = new URL(location.href);
  const asked = [...new FormData(form)].map(([key, value]) => [key, String(value).trim()]);
  found.search = new URLSearchParams(asked.filter(([, value]) => value)).toString();
  found.hash = "";
  return found.href;
}

/** Keeps the address true. What is typed in one go makes one step back, until it is `done`. */
function remember(done) {
  const typing = history.state?.typing ?? false;
  const changed = address() !== location.href;
  if (changed && !typing) history.pushState({ typing: !done }, "", address());
  else if (changed || (done && typing)) history.replaceState({ typing: !done }, "", address());
}

function recall() {
  const asked = new URLSearchParams(location.search);
  for (const name of ["q", "kind", "year", "place", "disclosure"]) form.elements[name].value = asked.get(name) ?? "";
  for (const select of form.querySelectorAll("select")) select.selectedIndex = Math.max(0, select.selectedIndex);
  search();
}

function now(done) {
  clearTimeout(timer);
  remember(done);
  search();
}

input.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(now, PAUSE, false);
});
input.addEventListener("compositionend", () => {
  clearTimeout(timer);
  timer = setTimeout(now, PAUSE, false);
});
input.addEventListener("change", () => remember(true));
for (const select of form.querySelectorAll("select")) select.addEventListener("change", () => now(true));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  now(true);
});
addEventListener("popstate", recall);
recall();
