// Draws a chart again with Vega when a reader asks for it, and follows addresses of figures as they were
// once. The page is complete without this script.

const WIDTH = 360; // the width that the specifications are written for

/** Fits a specification to the width and the text colour of its place on the page. */
function fit(spec, place) {
  const width = Math.floor(place.clientWidth);
  const ink = getComputedStyle(place).color; // a canvas does not follow the page's colours by itself
  spec.width = width;
  for (const layer of spec.layer) {
    if (layer.mark.color === "currentColor") layer.mark.color = ink;
    for (const channel of ["x", "x2"]) {
      if (layer.encoding[channel]?.value === WIDTH) layer.encoding[channel].value = width;
    }
  }
  return spec;
}

async function specification(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

async function draw(button) {
  const canvas = button.closest(".chart").querySelector(".canvas");
  const [spec] = await Promise.all([
    specification(button.dataset.spec),
    import(new URL(document.body.dataset.vega, document.baseURI)),
  ]);
  const refuse = () => Promise.reject(new Error("a chart loads nothing beside its specification"));
  const loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };
  const place = document.createElement("div");
  const shown = canvas.firstElementChild;
  shown.after(place);
  await window.vegaEmbed(place, fit(spec, canvas), {
    ast: true,
    actions: false,
    defaultStyle: false,
    loader,
    renderer: "canvas",
    tooltip: { disableDefaultStyle: true },
  });
  shown.remove();
  place.querySelector("canvas").setAttribute("role", "img");
  place.querySelector("canvas").setAttribute("aria-label", shown.getAttribute("aria-label"));
}

for (const button of document.querySelectorAll("button.live")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await draw(button);
      button.textContent = button.dataset.drawn;
    } catch (error) {
      console.error(error);
      button.textContent = button.dataset.failed;
    }
  });
}

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
