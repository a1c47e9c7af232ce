// Adds what only a script can do for what is shared: the system's sheet, a PNG of a drawing, and the code of a
// frame where the site does not know its own address. The page is complete without it.

const WIDTH = 1600; // pixels of a PNG

for (const button of document.querySelectorAll("[data-send]")) {
  if (!navigator.share) break;
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    const url = new URL(button.dataset.send, location.href).href;
    navigator.share({ title: button.dataset.title, url }).catch(() => {}); // who closes the sheet shares nothing
  });
}

for (const code of document.querySelectorAll("textarea[data-page]")) {
  const url = new URL(code.dataset.page, location.href).href;
  code.value = code.value.replace('src=""', `src="${url}"`);
  code.closest("[hidden]").hidden = false;
}

for (const code of document.querySelectorAll(".embedding textarea")) {
  code.addEventListener("focus", () => code.select());
}

/** Saves a drawing of this site as PNG. */
async function savePng(address, name) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = Math.round((WIDTH * image.naturalHeight) / image.naturalWidth);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const link = document.createElement("a");
  link.download = name;
  link.href = canvas.toDataURL("image/png");
  link.click();
}

for (const button of document.querySelectorAll("[data-draw]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => savePng(button.dataset.draw, button.dataset.name));
}
