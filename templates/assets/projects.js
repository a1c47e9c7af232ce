// Looks for projects through the index of all of them, a few small files at a time.

const form = document.querySelector("form.filter[data-index]");
const messages = JSON.parse(document.getElementById("messages").textContent);
const body = document.querySelector("#projects > tbody");
const first = [...body.rows];
const count = form.querySelector(".count");
const before = count.textContent;
const home = new URL(form.dataset.home, document.baseURI);
const base = new URL(form.dataset.index, document.baseURI);
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
const filled = (message, values) => message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const MOST_ROWS = 20;
const MOST_BLOCKS = 16;
const MOST_PAIRS = 2;
const kept = new Map();

/** A file of the index, fetched once; an absent list is one without a project. */
function file(path) {
  if (!kept.has(path)) {
    const asked = fetch(new URL(path, base)).then((answer) => {
      if (answer.status === 404) return [];
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return answer.json();
    });
    asked.catch(() => kept.delete(path));
    kept.set(path, asked);
  }
  return kept.get(path);
}

function hash(text) {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0), 0x01000193) >>> 0;
  return value;
}

function numbers(steps) {
  let at = 0;
  return (steps ?? []).map((step) => (at += step));
}

function both(one, other) {
  const found = new Set(other);
  return one.filter((number) => found.has(number));
}

/** Some pairs of characters of the words: the first and the last. What is found is read whole. */
function pairs(terms) {
  const all = terms.flatMap((term) => {
    const letters = [...term];
    return letters.slice(1).map((letter, at) => letters[at] + letter);
  });
  return [...new Set(all.length > MOST_PAIRS ? [all[0], all.at(-1)] : all)];
}

/** A limit in yuan; null where the field is empty, NaN where it is not a number. */
function limit(field) {
  const text = fold(field.value).replaceAll(",", "");
  const number = text === "" ? null : /^\d+(\.\d+)?$/.test(text) ? Number(text) * 10000 : NaN;
  field.setAttribute("aria-invalid", String(Number.isNaN(number)));
  return number;
}

function wanted() {
  const { q, y, p, k, min, max } = form.elements;
  return {
    terms: q.value.normalize("NFKC").split(/\s+/).map(fold).filter(Boolean),
    lists: [["y", y], ["p", p], ["k", k]].filter(([, field]) => field?.value).map(([key, field]) => `l/${key}-${field.value}.json`),
    min: limit(min),
    max: limit(max),
  };
}

/** The numbers of the projects that may be meant, the largest amounts first; `cut` says whether there may be more. */
async function candidates(want, shape) {
  const texts = pairs(want.terms).map(async (pair) => numbers((await file(`s/${hash(pair) % shape.shards}.json`))[pair]));
  const lists = want.lists.map(async (path) => numbers(await file(path)));
  const found = await Promise.all([...texts, ...lists]);
  const cut = found.some((list) => list.length >= shape.most);
  if (found.length) return { found: found.reduce(both), cut };
  return { found: Array.from({ length: shape.blocks * shape.block }, (_, at) => at), cut };
}

function fits(row, want) {
  const yuan = row[1] === "" ? null : Number(row[1]);
  if (want.min !== null && (yuan === null || yuan < want.min)) return false;
  if (want.max !== null && (yuan === null || yuan > want.max)) return false;
  const text = [row[0], row[7], row[4]].map(fold);
  return want.terms.every((term) => text.some((each) => each.includes(term)));
}

/** Whether a block may have an amount within the limits: blocks begin with their largest. */
function mayFit(at, want, starts) {
  const amount = (start) => (start === undefined || start === "" ? -Infinity : Number(start));
  return (want.min === null || amount(starts[at]) >= want.min) && (want.max === null || amount(starts[at + 1]) <= want.max);
}

function cell(name, content, kind = "td") {
  const made = document.createElement(kind);
  if (kind === "th") made.scope = "row";
  if (name) made.className = name;
  made.append(content);
  return made;
}

/** What a department printed is Chinese on a page of any language. */
function printed(text) {
  const made = document.createElement("span");
  made.lang = "zh-CN";
  made.textContent = text;
  return made;
}

function link(path, text) {
  const made = document.createElement("a");
  made.href = new URL(path, home);
  made.append(text);
  return made;
}

function shown([name, , wan, id, department, when, line, unit, funds]) {
  const row = document.createElement("tr");
  const label = printed(name || messages.nameless);
  label.className = "name";
  const year = [...form.elements.y.options].find((option) => option.value === when);
  row.append(
    cell("", label, "th"),
    cell("n", wan ? link(`departments/${id}/source/#L${line}`, wan) : "—"),
    cell("text", link(`departments/${id}/`, printed(department))),
    cell("short", year?.textContent ?? when),
    cell("text", unit ? printed(unit) : "—"),
    cell("text", funds.map((fund) => messages.funds[fund] ?? fund).join(messages.comma) || "—"),
  );
  return row;
}

/** Yields the rows that are meant, block by block. */
async function* rows(asked, want, shape) {
  const { found } = asked;
  const starts = want.min === null && want.max === null ? [] : await file("starts.json");
  let blocks = 0;
  for (let at = 0; at < found.length; ) {
    const block = Math.floor(found[at] / shape.block);
    const inside = [];
    for (; at < found.length && Math.floor(found[at] / shape.block) === block; at += 1) inside.push(found[at] % shape.block);
    if (!mayFit(block, want, starts)) continue;
    blocks += 1;
    if (blocks > MOST_BLOCKS) {
      asked.cut = true;
      return;
    }
    const known = await file(`b/${block}.json`);
    for (const number of inside) if (known[number] && fits(known[number], want)) yield known[number];
  }
}

let turn = 0;

function remember() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) asked.set(name, value.trim());
  const query = asked.toString();
  history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  return query !== "";
}

async function look() {
  const mine = (turn += 1);
  const want = wanted();
  if (!remember()) {
    body.replaceChildren(...first);
    count.textContent = before;
    return;
  }
  if (Number.isNaN(want.min) || Number.isNaN(want.max)) {
    count.textContent = messages.number;
    return;
  }
  if (want.min !== null && want.max !== null && want.min > want.max) {
    count.textContent = messages.limits;
    return;
  }
  if (want.terms.some((term) => [...term].length < 2)) {
    count.textContent = messages.short;
    return;
  }
  count.textContent = messages.waiting;
  try {
    const shape = await file("shape.json");
    const found = await candidates(want, shape);
    const made = [];
    for await (const row of rows(found, want, shape)) {
      made.push(shown(row));
      if (made.length === MOST_ROWS) break;
    }
    if (mine !== turn) return;
    body.replaceChildren(...made);
    const all = made.length < MOST_ROWS && !found.cut;
    count.textContent = filled(all ? messages.some : messages.largest, { shown: String(made.length) });
  } catch (error) {
    console.error(error);
    if (mine === turn) count.textContent = messages.failed;
  }
}

let timer = 0;
form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, 250);
});
form.addEventListener("reset", () => setTimeout(look));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  look();
});
form.querySelector("fieldset").disabled = false;
for (const [name, value] of new URLSearchParams(location.search)) {
  const field = form.elements[name];
  if (field) field.value = value;
}
if (location.search) look();
