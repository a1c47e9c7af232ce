// Fills in the way to report an error with the very amount: of the row that is looked at, or the line of
// the source that the address names. Without it the links at the feet of tables and findings name those.

const { report: form, reportWord: word, of } = document.querySelector("main").dataset;
const link = document.createElement("a");
link.className = "report";
link.rel = "nofollow";
link.textContent = word;

function fill(figure, hash, value) {
  const page = new URL(hash, location.href).href;
  const said = { figure, address: page, value };
  link.href = Object.entries(said).reduce(
    (address, [name, text]) => address.replaceAll(`%7B${name}%7D`, encodeURIComponent(text)),
    form,
  );
}

/** The identifier of the amount in a cell, where its drawn page is published: the anchor there. */
function factIn(cell) {
  const fact = cell?.querySelector("a[href*='pages/#']")?.hash.slice(1);
  return fact && `${of.replaceAll("/", ".")}.${fact}`;
}

/** A row of a table: its link stands by the number of its line, and names the cell looked at last. */
function byRow({ target }) {
  const row = target.closest?.("table.accounts tbody tr");
  const place = row?.querySelector("td.at");
  if (!place) return;
  const isHere = place.contains(link);
  const cell = target.closest("td.n") ?? (isHere ? null : row.querySelector("td.n"));
  if (isHere && !cell) return;
  const line = place.textContent.match(/\d+/)?.[0] ?? "";
  const table = row.closest("section.table");
  const values = [...row.querySelectorAll("th, td:not(.at)")].map((each) => each.textContent.trim());
  fill(factIn(cell) ?? `${of}/source L${line}`, `#${table?.id ?? ""}`, values.join(" | "));
  if (!isHere) place.append(link);
}

/** A line of the source that the address names. */
function byLine() {
  const line = document.querySelector("ol.source li:target");
  if (!line) return;
  link.remove();
  fill(`${of}/source ${line.id}`, `#${line.id}`, line.textContent);
  line.append(link);
}

addEventListener("focusin", byRow);
addEventListener("pointerover", byRow);
addEventListener("hashchange", byLine);
addEventListener("load", byLine); // not before: what an address names is known only then
byLine();
