// Follows addresses of figures as they were once. The page is complete without this script.

/** Follows `#table.r12.column`: rows were known by their numbers once. */
function followOldAddress() {
  const old = /^#([a-z-]+)\.r(\d+)\.([a-z_.]+)$/.exec(location.hash);
  if (!old || document.getElementById(location.hash.slice(1))) return;
  const [, table, row, column] = old;
  const marks = document.querySelectorAll(`[data-row="${row}"][id^="${table}."][id$=".${column}"]`);
  if (marks.length === 1) location.replace(`#${marks[0].id}`);
}

/** Follows an anchor of a disclosure's page to the page below it that has it now. */
function followMoved() {
  const id = decodeURIComponent(location.hash.slice(1));
  const sheets = document.querySelector(".sheets");
  if (!id || !sheets) return;
  const moved = document.getElementById(id);
  const held = [...sheets.querySelectorAll("[data-holds]")].find((link) => new RegExp(link.dataset.holds).test(id));
  const link = moved ? sheets.contains(moved) && moved.parentElement.querySelector("a") : held;
  if (link) location.replace(link.href + location.hash);
}
followMoved();
followOldAddress();

// The link says how to print; here it prints.
document.querySelector("a.print")?.addEventListener("click", (event) => {
  event.preventDefault();
  print();
});

// On paper nothing is folded: the style sees to it, but for browsers that do not know this part of an element.
if (!CSS.supports("selector(::details-content)")) {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
}
