// Arrow keys walk in a table, which Tab enters once.

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, ArrowRight: 1, ArrowLeft: -1, Home: -99, End: 99 };

function next(link, key) {
  const cell = link.closest("td, th");
  const row = cell.parentElement;
  const down = /Up|Down/.test(key);
  const first = (of) => of.cells[cell.cellIndex].querySelector("a");
  const list = down ? [...row.parentElement.rows].map(first).filter((a) => a?.offsetHeight)
    : [...row.querySelectorAll("a")];
  const at = list.indexOf(down ? first(row) : link) + STEPS[key];
  return list[at] || list.at(at < 0 ? 0 : -1);
}

for (const table of document.querySelectorAll(".accounts:has(tbody a)")) {
  const section = table.closest("section");
  const links = table.querySelectorAll("tbody a");
  let stop = table.querySelector("td:target a") || links[0];
  const stopAt = (link) => { stop.tabIndex = -1; stop = link; stop.tabIndex = 0; };
  for (const link of links) link.tabIndex = -1;
  stopAt(stop);
  table.parentElement.tabIndex = -1;
  table.setAttribute("aria-describedby", "keys");
  table.onkeydown = (event) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (key === "Escape") section.querySelector("[id^=after-]").focus();
    if (altKey || ctrlKey || metaKey || !STEPS[key]) return;
    event.preventDefault();
    next(event.target, key).focus();
  };
  table.addEventListener("focusin", ({ target }) => stopAt(target));
  section.addEventListener("change", () => stop.offsetHeight || stopAt(links[0]));
}
