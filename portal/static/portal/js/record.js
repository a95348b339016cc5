// Recording a voice note, and sending what was chosen so that it is not lost where there is no connection. Without this script
// the form sends a file that was chosen, and the phone's own recorder makes one.

const { seconds: LONGEST, words } = JSON.parse(document.getElementById("recorder").textContent);
const form = document.querySelector("[data-media-form]");
const $ = (selector) => form.querySelector(selector);
const FORMATS = ["audio/mp4", "audio/webm;codecs=opus", "audio/ogg;codecs=opus"];

const say = (text) => ($("[data-said]").textContent = text);

function complain(text) {
  const place = $("#file-error");
  place.hidden = !text;
  place.lastElementChild.textContent = text;
  if (text) form.elements.file.setAttribute("aria-invalid", "true");
  else form.elements.file.removeAttribute("aria-invalid");
}

class Recorder {
  constructor() {
    this.recorded = null;
    $("[data-recorder]").hidden = false;
    $("[data-record]").addEventListener("click", () => this.begin());
    $("[data-stop]").addEventListener("click", () => this.recorder.stop());
    form.elements.file.addEventListener("change", () => this.forget());
    addEventListener("pagehide", () => this.letGo());
  }

  async begin() {
    complain("");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return void complain(words.no_microphone);
    }
    this.forget();
    form.elements.file.value = "";
    const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
    this.recorder = new MediaRecorder(this.stream, { mimeType, audioBitsPerSecond: 64000 });
    const parts = [];
    this.recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    this.recorder.addEventListener("stop", () => this.end(new Blob(parts, { type: this.recorder.mimeType })));
    this.recorder.start();
    this.since = Date.now();
    this.timer = setInterval(() => this.count(), 500);
    this.count();
    this.turn(true);
    $("[data-stop]").focus();
  }

  count() {
    const gone = Math.floor((Date.now() - this.since) / 1000);
    const time = `${Math.floor(gone / 60)}:${String(gone % 60).padStart(2, "0")}`;
    $("[data-time]").textContent = words.recording.replace("%(time)s", time);
    if (gone >= LONGEST) this.recorder.stop();
  }

  turn(isOn) {
    $("[data-record]").hidden = isOn;
    $("[data-stop]").hidden = $("[data-time]").hidden = !isOn;
  }

  end(blob) {
    this.letGo();
    this.turn(false);
    this.recorded = blob;
    $("[data-listen]").src = URL.createObjectURL(blob);
    $("[data-listen]").hidden = false;
    $("[data-record]").focus();
    say(words.ready);
  }

  /** The microphone's light goes out. */
  letGo() {
    clearInterval(this.timer);
    this.stream?.getTracks().forEach((track) => track.stop());
  }

  forget() {
    const player = $("[data-listen]");
    if (player.src) URL.revokeObjectURL(player.src);
    player.removeAttribute("src");
    player.hidden = true;
    this.recorded = null;
    say("");
  }
}

const canRecord = Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
const recorder = canRecord ? new Recorder() : null;
let isSending = false;

/** What was chosen stays chosen, and what was recorded stays on the page, until the server has it. */
async function send() {
  complain("");
  if (!navigator.onLine) return void complain(words.offline);
  const data = new FormData(form);
  if (recorder?.recorded) data.set("file", recorder.recorded, "voice");
  say(words.sending);
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (answer.status === 201) return void leave(said.go);
    complain(said.message ?? words.signed_out);
  } catch {
    complain(words.offline);
  }
  say("");
  form.elements.file.focus();
}

/** To the conversation, which takes this page's place; to this very page where something waits. */
function leave(go) {
  if (go === location.pathname) location.reload();
  else location.replace(go);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  await send();
  isSending = false;
});
