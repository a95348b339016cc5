// What stands in the boxes is with the server seconds after it was typed; nothing of it is kept on this phone.
// Without this script the form saves each page when it is sent on.

const AFTER = 1000; // milliseconds after the last letter
const AT_MOST = 4000; // while somebody types on without a stop
const AGAIN = 3000; // after a try that failed

const form = document.querySelector("form[data-keep]");

class Keeper {
  constructor() {
    this.note = form.querySelector("[data-note]");
    this.saved = this.now();
    this.since = 0;
    this.timer = 0;
    this.busy = null;
    this.is_gone = false; // closed on the server, or sent from another phone: the server's own page keeps what was written
    this.goes = false;
    form.addEventListener("input", () => this.later());
    form.addEventListener("submit", (event) => this.onSubmit(event));
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.leave());
  }

  data() {
    const data = new FormData(form);
    // As the token is now: another tab may have signed in since this page was made.
    const token = /(?:^|; )porch_csrf=([^;]+)/.exec(document.cookie);
    if (token) data.set("csrfmiddlewaretoken", token[1]);
    return data;
  }

  /** What was typed, as one text to compare. */
  now() {
    return JSON.stringify([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "seen"].includes(name)));
  }

  later() {
    this.since ||= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(AFTER, this.since + AT_MOST - Date.now())));
    this.say(form.dataset.saving);
  }

  say(text) {
    this.note.textContent = text;
  }

  /**
   * True once the server has what stands in the boxes. One request at a time: an older one must not arrive last.
   * `again`: ask also where nothing is new, which tells whether there is a connection.
   */
  async save(again = false) {
    clearTimeout(this.timer);
    while (this.busy) await this.busy;
    if (!again && this.now() === this.saved) return true;
    this.busy = this.ask();
    const is_kept = await this.busy;
    this.busy = null;
    return is_kept;
  }

  async ask() {
    const sent = this.now();
    const texts = Object.fromEntries([...form.querySelectorAll("textarea")].map((box) => [box.name, box.value]));
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: this.data(), signal: AbortSignal.timeout(8000) });
      if (answer.status === 409 || answer.status === 403) {
        this.is_gone = answer.status === 409;
        this.say(form.dataset.gone);
        return false;
      }
      if (!answer.ok) throw new Error(answer.status);
      const { saved, seen, joined } = await answer.json();
      this.join(joined, texts, seen);
      this.saved = this.now() === sent ? sent : this.saved;
      this.since = 0;
      if (this.now() === sent) this.say(saved);
      else if (this.now() !== this.saved) this.later();
      return true;
    } catch {
      this.say(form.dataset.lost);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), AGAIN);
      return false;
    }
  }

  /** Another open page wrote something, too: both are in the box from now on, and what was typed meanwhile stays below. */
  join(joined, texts, seen) {
    form.elements.seen.value = seen;
    for (const [name, text] of Object.entries(joined)) {
      const box = form.elements[name];
      if (!(name in texts) || text === texts[name].trim()) continue;
      if (box.value.startsWith(texts[name])) box.value = text + box.value.slice(texts[name].length);
    }
  }

  /** Without a connection the page stays, with everything in it. The button that was pressed says where it leads. */
  async onSubmit(event) {
    if (this.goes) return;
    event.preventDefault();
    if (!(await this.save(true)) && !this.is_gone) return;
    this.goes = true;
    form.requestSubmit(event.submitter);
    this.goes = false;
  }

  leave() {
    if (this.now() !== this.saved) navigator.sendBeacon(form.dataset.keep, this.data());
  }
}

if (form) new Keeper();
