// What is typed is with the server at most three seconds later; nothing of it is kept on this phone.
// Without this script each button keeps what stands in the boxes.

const EVERY = 2500; // milliseconds between two saves while somebody types
const FIRST = 700; // after the first letter
const AGAIN = 2000; // after a try that failed
const PATIENCE = 8000;
const SEVERAL = new Set(["about", "not_wanted"]);
const OURS = new Set(["csrfmiddlewaretoken", "token", "page", "seen"]);

const form = document.querySelector("form[data-keep]");

/** False where somebody typed before this script came. */
function isAsItCame() {
  return [...form.elements].every((one) => {
    if (one.type === "checkbox" || one.type === "radio") return one.checked === one.defaultChecked;
    if (one.options) return [...one.options].every((option) => option.selected === option.defaultSelected);
    return one.type === "file" || !("defaultValue" in one) || one.value === one.defaultValue;
  });
}

class Keeper {
  constructor() {
    this.note = form.querySelector("[data-note]");
    this.help = document.querySelector("[data-help]");
    this.seq = 0;
    this.saved = isAsItCame() ? this.typed() : "";
    this.last = 0;
    this.timer = 0;
    this.busy = null;
    this.isOver = false;
    this.goes = false;
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", (event) => this.onSubmit(event));
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    // A page that comes back as it was shows what was open on this phone before: ask the server, which knows who is there.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    if (!this.saved) this.later();
  }

  /** All that stands in the boxes, as one text to send and to compare. */
  typed() {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || OURS.has(name)) continue;
      if (SEVERAL.has(name)) (fields[name] ??= []).push(value);
      else fields[name] = value;
    }
    return JSON.stringify(fields);
  }

  body(typed) {
    const { token, page, seen } = form.elements;
    this.seq += 1;
    const what = { token: token.value, page: page.value, seen: Number(seen.value), seq: this.seq, fields: JSON.parse(typed) };
    return new Blob([JSON.stringify(what)], { type: "application/json" });
  }

  say(text) {
    if (this.note.textContent !== text) this.note.textContent = text;
  }

  later() {
    if (this.isOver) return;
    this.say(form.dataset.saving);
    this.timer ||= setTimeout(() => this.save(), Math.max(FIRST, this.last + EVERY - Date.now()));
  }

  /** True once the server has what stands in the boxes. One request at a time. */
  async save(again = false) {
    clearTimeout(this.timer);
    this.timer = 0;
    while (this.busy) await this.busy;
    if (!again && this.typed() === this.saved) return true;
    this.busy = this.ask();
    const isKept = await this.busy;
    this.busy = null;
    return isKept;
  }

  async ask() {
    const typed = this.typed();
    this.last = Date.now();
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: this.body(typed),
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status === 410 || answer.status === 413) {
        this.isOver = answer.status === 410;
        this.say((await answer.json()).message);
        return this.isOver;
      }
      if (!answer.ok) throw new Error(answer.status);
      const said = await answer.json();
      this.saved = typed;
      if (said.help) this.help.hidden = false;
      if (this.typed() === typed) this.say(said.saved);
      else this.later();
      return true;
    } catch {
      this.say(form.dataset.lost);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), AGAIN);
      return false;
    }
  }

  /** Without a connection the page stays, with everything in it. The button that was pressed says where it leads. */
  async onSubmit(event) {
    if (this.goes) return;
    event.preventDefault();
    const { submitter } = event;
    if (!(await this.save(true)) || !(await this.sendFiles())) return;
    this.goes = true;
    form.requestSubmit(submitter);
    this.goes = false;
  }

  /** One after the other, so that one that cannot be taken holds nothing else up; true where all are there. */
  async sendFiles() {
    const box = form.elements.file;
    if (!box) return true;
    const refused = [];
    if (box.files.length) this.say(form.dataset.sending);
    for (const file of box.files) {
      const why = await this.sendFile(file);
      if (why) refused.push(`${file.name}: ${why}`);
    }
    box.value = "";
    form.querySelector("[data-refused]").textContent = refused.join("\n");
    if (refused.length) this.say("");
    return !refused.length;
  }

  async sendFile(file) {
    const data = new FormData();
    const token = /(?:^|; )porch_csrf=([^;]+)/.exec(document.cookie);
    data.set("csrfmiddlewaretoken", token?.[1] ?? form.elements.csrfmiddlewaretoken.value);
    data.set("file", file);
    try {
      const answer = await fetch(form.dataset.files, { method: "POST", body: data, headers: { Accept: "application/json" } });
      return answer.status === 201 ? "" : (await answer.json()).message;
    } catch {
      return form.dataset.lost;
    }
  }

  leave() {
    const typed = this.typed();
    if (!this.isOver && typed !== this.saved) navigator.sendBeacon(form.dataset.keep, this.body(typed));
  }
}

if (form) new Keeper();
