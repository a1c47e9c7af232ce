// Fills in the way to report an error with the very line: of the row that is looked at, or the line of the
// source that the address names. Without it the links at the feet of tables and findings name those.

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

/** A row of a table: its link stands by the number of its line. */
function byRow({ target }) {
  const row = target.closest?.("table.accounts tbody tr");
  const cell = row?.querySelector("td.at");
  if (!cell || cell.contains(link)) return;
  const line = cell.textContent.match(/\d+/)?.[0] ?? "";
  const table = row.closest("section.table");
  const values = [...row.querySelectorAll("th, td:not(.at)")].map((each) => each.textContent.trim());
  fill(`${of}/source L${line}`, `#${table?.id ?? ""}`, values.join(" | "));
  cell.append(link);
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
