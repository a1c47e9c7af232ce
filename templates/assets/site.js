// Follows addresses of figures as they were before version 1. The page is complete without this script.

/** Follows `#table.r12.column`: rows were known by their numbers once. */
function followOldAddress() {
  const old = /^#([a-z-]+)\.r(\d+)\.([a-z_.]+)$/.exec(location.hash);
  if (!old || document.getElementById(location.hash.slice(1))) return;
  const [, table, row, column] = old;
  const marks = document.querySelectorAll(`[data-row="${row}"][id^="${table}."][id$=".${column}"]`);
  if (marks.length === 1) location.replace(`#${marks[0].id}`);
}
followOldAddress();
