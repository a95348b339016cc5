// Reads a text of the page to who asks for it, by the phone's own voice. Without this script, or without a voice for the
// language of the text, the button stays hidden: words in a voice of another language help nobody.

const voice = window.speechSynthesis;
const buttons = [...document.querySelectorAll("[data-aloud]")];
let reading = null; // the button whose text is being read

const plain = (language) => language.toLowerCase().replace("_", "-").split("-")[0];

/** The parts of a text, each with its language. */
const partsOf = (button) => {
  const text = document.getElementById(button.dataset.aloud);
  const inner = [...text.querySelectorAll("[lang]")];
  return (inner.length ? inner : [text]).map((part) => ({
    language: part.closest("[lang]").lang,
    words: [...part.querySelectorAll("h2, h3, p")].map((line) => line.textContent.trim()).join("\n"),
  }));
};

const isSpoken = (part) => voice.getVoices().some((one) => plain(one.lang) === plain(part.language));

const show = () => {
  for (const button of buttons) button.hidden = !partsOf(button).some(isSpoken);
};

const name = (button) => button.querySelector("span");

const stop = () => {
  const button = reading;
  reading = null;
  voice.cancel();
  if (button) name(button).textContent = button.dataset.name;
};

const read = (button) => {
  stop();
  reading = button;
  name(button).textContent = button.dataset.stop;
  const parts = partsOf(button).filter(isSpoken);
  parts.forEach((part, place) => {
    const said = new SpeechSynthesisUtterance(part.words);
    said.lang = part.language;
    said.voice = voice.getVoices().find((one) => plain(one.lang) === plain(part.language)) ?? null;
    const isOver = () => reading === button && stop();
    said.onerror = isOver;
    if (place === parts.length - 1) said.onend = isOver;
    voice.speak(said);
  });
};

if (voice && buttons.length) {
  for (const button of buttons) {
    button.dataset.name = name(button).textContent;
    button.addEventListener("click", () => (reading === button ? stop() : read(button)));
  }
  voice.addEventListener?.("voiceschanged", show);
  addEventListener("pagehide", stop); // nobody who leaves in a hurry is read after
  show();
}
