// Filters and sorts the tables of a page. The tables are complete without this script.

import { amountSaid } from "./amounts.js";

// What it says stands on the page, in the language of the page.

const language = document.documentElement.lang;
const messages = JSON.parse(document.getElementById("messages")?.textContent ?? "{}");
const collator = new Intl.Collator(language);
const fold = (text) => text.normalize("NFKC").toLowerCase();
const grouped = (number) => number.toLocaleString(language);
const filled = (message, values) => message.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** What the filter needs of a row, read once. */
function entry(row) {
  const amount = row.querySelector("td[data-v]");
  return {
    row,
    text: fold(row.textContent),
    department: row.dataset.d ?? "",
    year: row.querySelector("td.short")?.textContent.trim() ?? "",
    yuan: amount ? Number(amount.dataset.v) : null,
  };
}

/** A limit in yuan; null where the field is empty, NaN where it is not a number. */
function limit(field) {
  const text = fold(field?.value ?? "").replaceAll(",", "").trim();
  const number = text === "" ? null : /^\d+(\.\d+)?$/.test(text) ? Number(text) * 10000 : NaN;
  field?.setAttribute("aria-invalid", String(Number.isNaN(number)));
  return number;
}

function wanted(form) {
  const { q, d, y, min, max } = form.elements;
  return {
    terms: fold(q.value).split(/\s+/).filter(Boolean),
    department: d?.value ?? "",
    year: y?.value ?? "",
    min: limit(min),
    max: limit(max),
  };
}

function fits(one, want) {
  if (want.department && one.department !== want.department) return false;
  if (want.year && one.year !== want.year) return false;
  if (want.min !== null && (one.yuan === null || one.yuan < want.min)) return false;
  if (want.max !== null && (one.yuan === null || one.yuan > want.max)) return false;
  return want.terms.every((term) => one.text.includes(term));
}

/** Says what is shown. Amounts are added up only within one year and kind. */
function said(form, shown, total, want) {
  if (Number.isNaN(want.min) || Number.isNaN(want.max)) return messages.number;
  if (want.min !== null && want.max !== null && want.min > want.max) return messages.limits;
  const parts = [filled(messages.found, { total: grouped(total), shown: grouped(shown.length) })];
  const years = new Set(shown.map((one) => one.year));
  if (form.elements.d && shown.length && years.size === 1) {
    const sum = shown.reduce((cents, one) => cents + Math.round((one.yuan ?? 0) * 100), 0) / 100;
    parts.push(filled(messages.sum, { amount: amountSaid(sum, messages.units, language) }));
  }
  if (want.min !== null || want.max !== null) parts.push(messages.amounts);
  return parts.join(messages.comma);
}

/** Fetches the rows that stand on further pages, so that a filter looks through all of them. */
async function further(form, body) {
  const pages = form.dataset.more.split(" ").filter(Boolean).map((address) => new URL(address, document.baseURI));
  const found = await Promise.all(pages.map((page) => rowsOf(page, body.parentElement.id)));
  body.append(...found.flat());
}

async function rowsOf(page, table) {
  const answer = await fetch(page);
  if (!answer.ok) throw new Error(`${page}: ${answer.status}`);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = [...found.querySelectorAll(`#${table} > tbody > tr`)];
  for (const link of rows.flatMap((row) => [...row.querySelectorAll("a[href]")])) {
    link.href = new URL(link.getAttribute("href"), page);
  }
  return rows.map((row) => document.adoptNode(row));
}

function remember(form) {
  const kept = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) kept.set(name, value.trim());
  const query = kept.toString();
  history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  return query !== "";
}

function filter(form) {
  const tables = form.dataset.filters.split(" ").map((id) => document.getElementById(id));
  const bodies = tables.filter(Boolean).map((table) => table.tBodies[0]);
  const count = form.querySelector(".count");
  const all = count.textContent;
  let entries = null;
  let timer = 0;
  let waiting = null;

  async function complete() {
    count.textContent = messages.waiting;
    // Asked once, however fast a reader types; asked again only after it failed.
    waiting ??= further(form, bodies[0]).then(() => {
      delete form.dataset.more;
      entries = null;
    });
    try {
      await waiting;
    } catch (error) {
      console.error(error);
      waiting = null;
      return messages.lacking;
    }
    return "";
  }

  async function apply() {
    const lacking = remember(form) && form.dataset.more ? await complete() : "";
    const active = remember(form); // the reader may have typed on meanwhile
    entries ??= bodies.map((body) => [...body.rows].map(entry));
    const want = wanted(form);
    for (const one of entries.flat()) one.row.hidden = !fits(one, want);
    // Two tables of the same departments are counted once, two lists of codes together.
    const counted = "alike" in form.dataset ? entries[0] : entries.flat();
    count.textContent = active ? said(form, counted.filter((one) => !one.row.hidden), counted.length, want) + lacking : all;
  }

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 200);
  };
  form.addEventListener("input", soon);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  form.querySelector("fieldset").disabled = false;
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
  if (location.search) apply();
}

/** Numbers the rows by the sorted column; equals share a rank, blanks have none. */
function rank(rows, at) {
  let place = 0;
  let before = null;
  rows.forEach((row, number) => {
    const label = row.querySelector(".rank");
    const value = row.cells[at].dataset.v;
    if (value !== before) place = number + 1;
    before = value;
    if (label) label.textContent = value === undefined ? "—" : String(place);
  });
}

function sort(button) {
  const head = button.closest("th");
  const body = head.closest("table").tBodies[0];
  const value = (row) => Number(row.cells[head.cellIndex].dataset.v ?? -Infinity);
  const rows = [...body.rows].sort(
    (a, b) => value(b) - value(a) || collator.compare(a.cells[0].textContent, b.cells[0].textContent) || 0,
  );
  body.append(...rows);
  rank(rows, head.cellIndex);
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", "descending");
}

for (const button of document.querySelectorAll("table[data-sort] button.sort")) {
  button.disabled = false;
  button.addEventListener("click", () => sort(button));
}
for (const form of document.querySelectorAll("form.filter:not([data-index])")) filter(form);
