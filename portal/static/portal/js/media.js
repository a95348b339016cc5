// What goes with a message, under its words: as templates/media/_attached.html draws it. Nothing is fetched before it is seen or played.

const ELEMENTS = {
  photo: ({ width, height }) => Object.assign(new Image(), { width, height, loading: "lazy" }),
  voice: () => Object.assign(document.createElement("audio"), { controls: true, preload: "none" }),
};

export function drawMedia(item, media, words) {
  if (item.querySelector("[data-media]")) return;
  const known = (media ?? []).filter((one) => one.kind in ELEMENTS);
  item.querySelector(".words").after(...known.map((one) => draw(one, one.words || words[one.kind])));
}

function draw(one, label) {
  const element = ELEMENTS[one.kind](one);
  element.dataset.media = "";
  if (one.kind === "photo") element.alt = label;
  else element.setAttribute("aria-label", label);
  element.src = `/media/${encodeURIComponent(one.id)}/`;
  return element;
}
