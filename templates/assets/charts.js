// Lets a chart answer to finger, key and mouse, in the words of the table below it: each mark of the drawing
// names its row there. The page is complete without this script.

const NEAR = { mouse: 6, touch: 24, pen: 24 }; // pixels by which a pointer may miss a mark
const AWAY = 10; // pixels between a mark and its label

/** The mark of a drawing at a point, or the one that is nearest to it. */
function markNear(marks, x, y, most) {
  const hit = document.elementFromPoint(x, y);
  if (marks.includes(hit)) return hit;
  let [nearest, least] = [null, most];
  for (let away = 6; away <= most && !nearest; away += 6) {
    for (let turn = 0; turn < 12 && !nearest; turn++) {
      const angle = (turn * Math.PI) / 6;
      const found = document.elementFromPoint(x + away * Math.cos(angle), y + away * Math.sin(angle));
      if (marks.includes(found)) [nearest, least] = [found, away];
    }
  }
  for (const mark of marks) { // what is thinner than the steps above
    const box = mark.getBoundingClientRect();
    if (Math.min(box.width, box.height) > 6) continue;
    const away = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    if (away < least) [nearest, least] = [mark, away];
  }
  return nearest;
}

class SpeakingChart {
  constructor(chart) {
    this.canvas = chart.querySelector(".canvas");
    this.rows = [...chart.querySelectorAll("tbody tr")];
    const share = chart.querySelectorAll("thead th")[2];
    this.share = share ? share.textContent : "";
    this.label = document.createElement("div");
    this.label.className = "told";
    this.label.setAttribute("role", "status");
    this.label.hidden = true;
    this.canvas.append(this.label);
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "group");
    this.canvas.setAttribute("aria-label", this.canvas.querySelector("svg").getAttribute("aria-label"));
    this.at = null; // the row that is told
    this.kept = false; // whether it stays when the mouse leaves
    this.listen();
  }

  listen() {
    const { canvas, label } = this;
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerleave", () => this.kept || this.close());
    canvas.addEventListener("click", (event) => this.tap(event));
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("focus", () => {
      if (canvas.matches(":focus-visible") && this.at === null) this.tell(this.steps()[0], null, true);
    });
    canvas.addEventListener("focusout", (event) => canvas.contains(event.relatedTarget) || this.close());
    label.addEventListener("pointermove", (event) => event.stopPropagation());
    this.rows.forEach((row, at) => {
      for (const kind of ["pointerenter", "focusin"]) row.addEventListener(kind, () => this.light(at));
      for (const kind of ["pointerleave", "focusout"]) row.addEventListener(kind, () => this.light(this.at));
    });
  }

  /** The marks that are seen: of a drawing in two forms one is hidden. */
  marks() {
    return [...this.canvas.querySelectorAll("[data-row]")].filter((mark) => mark.getClientRects().length);
  }

  /** The rows that have a mark, in their order. */
  steps() {
    return [...new Set(this.marks().map((mark) => Number(mark.dataset.row)))].sort((a, b) => a - b);
  }

  move(event) {
    if (event.pointerType === "touch" || this.kept) return;
    const mark = markNear(this.marks(), event.clientX, event.clientY, NEAR[event.pointerType] ?? 6);
    if (mark) this.tell(Number(mark.dataset.row), event, false);
    else this.close();
  }

  tap(event) {
    if (this.label.contains(event.target)) return;
    const mark = markNear(this.marks(), event.clientX, event.clientY, NEAR[event.pointerType] ?? NEAR.touch);
    if (mark) this.tell(Number(mark.dataset.row), event, true);
    else this.close();
  }

  key(event) {
    const steps = this.steps();
    const here = steps.indexOf(this.at);
    const last = steps.length - 1;
    const to = {
      ArrowRight: Math.min(here + 1, last),
      ArrowDown: Math.min(here + 1, last),
      ArrowLeft: Math.max(here - 1, 0),
      ArrowUp: Math.max(here - 1, 0),
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === "Escape" && this.at !== null) {
      this.canvas.focus();
      this.close();
    } else if (event.key === "Enter" && event.target === this.canvas) this.label.querySelector("a")?.click();
    else if (to !== undefined) {
      this.canvas.focus();
      this.tell(steps[to], null, true);
      this.label.scrollIntoView({ block: "nearest" });
    } else return;
    event.preventDefault();
  }

  /** Shows what the table says of a row beside its mark, or where the pointer is. */
  tell(at, event, kept) {
    if (at === undefined || !this.rows[at]) return;
    this.kept = kept;
    if (at !== this.at) {
      const [name, amount, share] = this.rows[at].cells;
      const parts = [this.part("name", name), this.part("sum", amount)];
      if (share && /\d/.test(share.textContent)) parts.push(this.part("share", share, `${this.share} `));
      this.label.replaceChildren(...parts);
      this.at = at;
      this.light(at);
    }
    this.label.hidden = false;
    this.put(event);
  }

  part(kind, cell, before = "") {
    const part = document.createElement("span");
    part.className = kind;
    part.append(before, ...[...cell.childNodes].map((node) => node.cloneNode(true)));
    return part;
  }

  /** Puts the label above the mark or the pointer, below where there is no room; never out of the chart's sides. */
  put(event) {
    const around = this.canvas.getBoundingClientRect();
    const mark = this.marks().find((each) => Number(each.dataset.row) === this.at).getBoundingClientRect();
    const x = event ? event.clientX : mark.x + mark.width / 2;
    const [top, bottom] = event ? [event.clientY, event.clientY] : [mark.top, mark.bottom];
    const { offsetWidth: width, offsetHeight: height } = this.label;
    const above = top - AWAY - height;
    const edge = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0; // what stays at the top
    const left = Math.min(Math.max(x - around.left - width / 2, 0), around.width - width);
    this.label.style.left = `${Math.max(left, 0)}px`;
    this.label.style.top = `${(above > edge ? above : bottom + AWAY) - around.top}px`;
  }

  light(at) {
    for (const mark of this.marks()) mark.classList.toggle("lit", Number(mark.dataset.row) === at);
    this.rows.forEach((row, n) => row.classList.toggle("lit", n === at));
  }

  close() {
    this.at = null;
    this.kept = false;
    this.label.hidden = true;
    this.light(null);
  }
}

for (const chart of document.querySelectorAll(".chart")) {
  if (chart.querySelector(".canvas [data-row]")) new SpeakingChart(chart);
}
