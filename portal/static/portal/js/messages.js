// The chat page and the inbox: what is written here is shown, kept, sent in order, and never said to be further than it is.

import { drawMedia } from "./media.js";
import { FOR_GOOD, Later, Outbox, SignedOut, ask } from "./outbox.js";
import { Wire } from "./wire.js";

const page = JSON.parse(document.getElementById("chat").textContent);
const words = page.words;
const $ = (selector, root = document) => root.querySelector(selector);
const say = (pattern, values) => pattern.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
const outbox = await Outbox.open(page.me);

const LONGEST = 4000;
const LADDER = 60000; // milliseconds between looks at who has not opened what stands here

// -- what goes out ----------------------------------------------------------------------------------------------------------

let isSending = false;
let isAskedAgain = false;
let retry = 0;
let delay = 1000;

/** Sends what is kept, one after the other, so that the order holds; several tabs of one person take turns. */
async function flush() {
  if (isSending) return void (isAskedAgain = true);
  isSending = true;
  clearTimeout(retry);
  try {
    do {
      isAskedAgain = false;
      await inTurn(sendAll);
    } while (isAskedAgain);
    delay = 1000;
  } catch (error) {
    if (!(error instanceof SignedOut)) {
      retry = setTimeout(flush, delay);
      delay = Math.min(30000, delay * 2);
    }
    for (const entry of await outbox.list()) if (!entry.failed) chat?.paint(entry, "waiting");
  } finally {
    isSending = false;
    inbox?.count();
  }
}

/** A tab put to sleep may hold the turn: after a while go on without it, the keys keep messages from doubling. */
async function inTurn(work) {
  if (!navigator.locks) return work();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 10000);
  let begun = false;
  try {
    return await navigator.locks.request(`porch-${page.me}`, { signal: stop.signal }, () => {
      begun = true;
      clearTimeout(timer);
      return work();
    });
  } catch (error) {
    if (begun) throw error;
    return work();
  }
}

async function sendAll() {
  for (;;) {
    const entry = (await outbox.list()).find((one) => !one.failed);
    if (!entry) return;
    chat?.paint(entry, "sending");
    const said = await wire.send(entry);
    if (said.type !== "refused") {
      await outbox.remove(entry.key);
      chat?.settle(entry, said);
    } else if (FOR_GOOD.has(said.code)) {
      await outbox.mark(entry.key, said.code);
      chat?.paint({ ...entry, failed: said.code }, "failed");
    } else {
      throw new Later();
    }
  }
}

function notice(text, link) {
  const place = $("[data-notice]");
  if (!place) return;
  place.hidden = !text;
  place.textContent = text;
  if (link) {
    const a = document.createElement("a");
    [a.href, a.textContent] = link;
    place.append(" ", a);
  }
}

let isOut = false;

/** Says where what was written is: with the server, on this phone, or only on this page. */
function sayOut() {
  const text = chat?.isWithServer ? words.signed_out_saved : outbox.isKept ? words.signed_out : words.signed_out_bare;
  const isNew = !isOut || $("[data-notice]")?.firstChild?.data !== text;
  isOut = true;
  notice(text, [`${page.signin_url}?next=${encodeURIComponent(location.pathname)}`, words.sign_in]);
  if (isNew) chat?.announce(text);
}

function onState(state) {
  if (state === "out") {
    sayOut();
  } else {
    notice(chat?.isGone ? words.gone : state === "offline" && chat ? words.offline : "");
    if (state !== "offline") {
      flush();
      chat?.draft.save();
    }
  }
}

// -- the conversation -------------------------------------------------------------------------------------------------------

class Draft {
  constructor(box, note) {
    this.box = box;
    this.note = note;
    // What the server has; more may have been typed before this script came. A text handed back with an error it does not have.
    this.saved = $("#body-error").hidden ? box.defaultValue : null;
    this.known = [box.defaultValue]; // what it took from this page last, and what it may have taken since
    this.kept = ""; // what this phone has beyond it
    this.timer = 0;
    this.isKeeping = false;
    this.isSaving = false;
    addEventListener("pagehide", () => this.leave());
  }

  async restore() {
    const kept = await outbox.draft(page.conversation);
    if (!kept) return void (this.box.value !== this.saved && this.later());
    const server = this.box.value;
    // Neither is thrown away where two phones wrote two things.
    if (kept.was?.includes(server) || kept.body.includes(server)) this.box.value = kept.body;
    else if (!server.includes(kept.body)) this.box.value = `${kept.body}\n${server}`;
    this.later();
  }

  later() {
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 1000);
    this.note.textContent = this.box.value ? words.saving : "";
  }

  /** On this phone at once: a page that is reloaded cannot wait for the server. */
  async keep() {
    if (this.isKeeping) return;
    this.isKeeping = true;
    try {
      while (this.kept !== this.box.value) {
        const body = this.box.value;
        await outbox.keepDraft(page.conversation, body, this.known);
        this.kept = body;
      }
    } catch {
      this.kept = "";
    } finally {
      this.isKeeping = false;
    }
  }

  /** Says "Saved" only when it is, and where. */
  async save() {
    clearTimeout(this.timer);
    const body = this.box.value;
    if (this.isSaving || body === this.saved) return;
    this.isSaving = true;
    try {
      const { saved_at: at } = await ask(page.draft_url, { body, was: this.was(body), person: page.me });
      if (!at) throw new Later();
      this.saved = body;
      this.known = [body];
      if (this.kept === body) await this.forget();
      this.show(say(words.saved, { time: clock(at) }));
    } catch {
      this.saved = null; // the server may or may not have it
      this.show(this.kept === body && outbox.isKept ? words.saved_here : words.not_saved);
      if (isOut) sayOut();
    } finally {
      this.isSaving = false;
      if (this.saved === body && this.box.value !== body) this.later();
    }
  }

  /** So that the server can tell this page's own words from those another page or phone has kept meanwhile. */
  was(body) {
    const was = JSON.stringify(this.known);
    this.known = [this.known[0], body];
    return was;
  }

  /** What stood in the box is a message now; what was typed since is a draft of its own. */
  async sent() {
    if (!this.box.value) this.note.textContent = "";
    await this.forget();
    if (this.box.value) this.later();
    else this.save();
  }

  async forget() {
    this.kept = "";
    await outbox.keepDraft(page.conversation, "").catch(() => {});
  }

  show(text) {
    this.note.textContent = this.box.value ? text : "";
  }

  /** The page goes away: one last try that outlives it. */
  leave() {
    if (this.box.value === this.saved) return;
    const form = new FormData();
    form.set("body", this.box.value);
    form.set("was", this.was(this.box.value));
    form.set("person", page.me);
    form.set("csrfmiddlewaretoken", $("[name=csrfmiddlewaretoken]", this.box.form).value);
    navigator.sendBeacon(page.draft_url, form);
  }
}

const locale = { en: "en-US", es: "es-US" }[page.language?.slice(0, 2)] ?? `${page.language}-u-nu-latn`;
// The part of the day in words, as the server says it in Arabic.
const dayPeriod = page.language === "ar" ? { dayPeriod: "long" } : {};
const inZone = (options) => new Intl.DateTimeFormat(locale, { timeZone: page.zone, ...options });
const isoDay = new Intl.DateTimeFormat("en-CA", { timeZone: page.zone, year: "numeric", month: "2-digit", day: "2-digit" });

function clock(at) {
  const time = inZone({ hour: "numeric", minute: "2-digit", ...dayPeriod }).format(new Date(at));
  return locale === "en-US" ? time.toLowerCase() : time;
}

class Chat {
  constructor() {
    this.main = $("main");
    this.form = $("[data-composer]");
    this.waiting = $("[data-waiting]");
    this.live = $("[data-live]");
    this.newest = $("[data-newest]");
    this.title = document.title;
    this.people = page.people;
    this.seq = page.seq; // the highest number below which nothing is missing here
    this.ahead = new Set(); // numbers above it that came early
    this.pending = new Map(); // key -> bubble of what is not stored yet
    this.readSent = page.people[page.me].read;
    this.readTimer = 0;
    this.typedAt = 0;
    this.isAtEnd = true;
    this.isGone = false; // no part of the conversation any more
    this.hole = 0;
    this.listen();
  }

  listen() {
    addEventListener("scroll", () => this.onScroll(), { passive: true });
    document.addEventListener("visibilitychange", () => this.onScroll());
    this.newest.addEventListener("click", () => this.toEnd());
    // Who stands at the end stays there when something grows.
    const grown = new ResizeObserver(() => this.isAtEnd && this.toEnd());
    for (const part of [this.main, $(".write")]) grown.observe(part);
    this.main.addEventListener("click", (event) => this.onClick(event));
    if (!this.form) return void (this.draft = { save() {} });
    this.box = this.form.elements.body;
    this.draft = new Draft(this.box, $("[data-saved]"));
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    this.box.addEventListener("input", () => this.onInput());
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
  }

  /** Nothing on this page is missing there: neither what stands in the box nor any message. */
  get isWithServer() {
    const isDraftThere = !this.box || this.box.value === this.draft.saved;
    return isDraftThere && [...this.pending.values()].every((item) => $("[data-state=held]", item));
  }

  async start() {
    await this.draft.restore?.();
    for (const entry of await outbox.list()) this.paint(entry, entry.failed ? "failed" : "waiting");
    if (!location.hash || location.hash === "#latest") this.toEnd();
    // Without a line between processes nobody rings here when the worker has taken a step.
    setInterval(() => !document.hidden && this.hasUnopened() && this.askLadder(), LADDER);
  }

  // Who has not opened it

  hasUnopened() {
    return Boolean($("li.me[data-seq] [data-state=sent]", this.main));
  }

  /** Several rings are one question; what is new is said once. */
  askLadder() {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.showLadder().catch(() => {}), 300);
  }

  async showLadder() {
    // Asked for as news: a page nobody touches does not keep its session open.
    const answer = await fetch(page.ladder_url, { redirect: "manual", headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-ladder]");
    const old = $("[data-ladder]", this.main);
    if (!fresh || fresh.textContent === old.textContent) return;
    const known = new Set([...old.querySelectorAll("span")].map((one) => one.textContent));
    old.replaceWith(fresh);
    for (const one of fresh.querySelectorAll("span")) if (!known.has(one.textContent)) this.announce(one.textContent);
  }

  // What stands beside the messages: help, what waits, who looked

  askNow(isUrgent = false) {
    clearTimeout(this.askingNow);
    this.askingNow = setTimeout(() => this.showNow().catch(() => isUrgent && location.assign(page.help_url)), isUrgent ? 0 : 300);
  }

  async showNow() {
    const answer = await fetch(page.now_url, { redirect: "manual", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Later();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-now]");
    const old = $("[data-now]", this.main);
    if (!fresh || fresh.textContent === old.textContent) return;
    const known = new Set([...old.querySelectorAll("h2, p")].map((one) => one.textContent));
    for (const one of fresh.querySelectorAll("input[name=csrfmiddlewaretoken]")) one.value = $("[name=csrfmiddlewaretoken]").value;
    old.replaceWith(fresh);
    // Help is what is read first: on a small screen the end of the page would hide it.
    if ($("#card", fresh) && !$("#card", old)) $("#card", fresh).scrollIntoView();
    else if (this.isAtEnd) this.toEnd();
    for (const one of fresh.querySelectorAll("h2, p.aside")) if (!known.has(one.textContent)) this.announce(one.textContent);
  }

  // Writing

  onInput() {
    this.complain("");
    this.draft.later();
    if (this.box.value && Date.now() - this.typedAt > 3000) {
      this.typedAt = Date.now();
      wire.tell({ type: "typing", conversation: page.conversation });
    }
  }

  complain(code) {
    const place = $("#body-error");
    place.hidden = !code;
    place.lastElementChild.textContent = code ? words.refused[code] : "";
    if (code) this.box.setAttribute("aria-invalid", "true");
    else this.box.removeAttribute("aria-invalid");
  }

  async onSubmit(event) {
    event.preventDefault();
    const body = this.box.value;
    if (!body && this.isAdding) return; // the second of two taps
    const wrong = !body.trim() ? "empty" : [...body].length > LONGEST ? "too_long" : "";
    this.complain(wrong);
    if (wrong) return void this.announce(words.refused[wrong]);
    const entry = { key: newKey(), conversation: page.conversation, body };
    this.box.value = ""; // at once: who types on or taps twice while the phone writes it down loses and doubles nothing
    this.isAdding = true;
    try {
      await outbox.add(entry);
    } catch (error) {
      this.box.value = [body, this.box.value].filter(Boolean).join("\n");
      throw error;
    } finally {
      this.isAdding = false;
    }
    this.draft.sent();
    this.paint(entry, "sending");
    this.toEnd();
    this.box.focus();
    flush();
  }

  // Showing

  /** The bubble of something not stored yet, in the state it is in. */
  paint(entry, state) {
    if (entry.conversation !== page.conversation) return;
    let item = this.pending.get(entry.key);
    if (!item) {
      if (this.find(entry.key)) return;
      item = this.bubble("mine", entry.body);
      item.dataset.key = entry.key;
      this.pending.set(entry.key, item);
      $("ol", this.waiting).append(item);
    }
    item.className = { sending: "me sending", waiting: "me sending", failed: "me failed" }[state];
    this.setState(item, state);
    if (state === "waiting" && !outbox.isKept) $("[data-state]", item).lastChild.textContent = ` ${words.not_sent_bare}`;
    $(".actions", item)?.remove();
    if (state === "failed") $("[data-why]", item).textContent = `${words.not_sent} ${words.refused[entry.failed] ?? ""}`;
    if (state !== "sending") item.append($("#again").content.cloneNode(true));
    if (!this.box) $("[data-back]", item)?.remove();
    if (state === "failed") this.announce(words.not_sent);
    this.tidy();
  }

  tidy() {
    const items = [...this.pending.values()];
    this.waiting.hidden = !items.length;
    $("h2", this.waiting).hidden = !items.some((item) => $(".actions", item));
  }

  bubble(kind, body) {
    const item = $(`#${kind}`).content.firstElementChild.cloneNode(true);
    $(".words", item).textContent = body;
    return item;
  }

  setState(item, state) {
    $("[data-state]", item)?.replaceWith($(`#states`).content.querySelector(`[data-state=${state}]`).cloneNode(true));
  }

  /** The server has it: the bubble takes its place among the others. */
  settle(entry, said) {
    if (entry.conversation !== page.conversation) return;
    const item = this.pending.get(entry.key);
    if (said.type !== "held") this.show({ ...said, author: page.me, body: entry.body });
    else if (item) this.setState(item, "held");
    if (said.care) this.askNow(true);
  }

  find(key) {
    return this.main.querySelector(`li[data-seq][data-key="${CSS.escape(key)}"]`);
  }

  /** Puts a stored message where its number belongs; the same one again changes nothing. */
  show(message) {
    const isMine = message.author === page.me;
    const waiting = this.pending.get(message.key);
    this.pending.delete(message.key);
    if (message.seq <= this.seq || this.ahead.has(message.seq)) {
      waiting?.remove();
      return this.tidy();
    }
    const item = waiting ?? this.bubble(isMine ? "mine" : "theirs", message.body);
    item.className = isMine ? "me" : "";
    $(".words", item).textContent = message.body; // what was held may go on with a detail taken out
    $(".actions", item)?.remove();
    item.dataset.seq = message.seq;
    item.dataset.key = message.key;
    drawMedia(item, message.media, words);
    const time = $("time", item);
    time.dateTime = message.sent_at;
    time.textContent = clock(message.sent_at);
    if (isMine) this.setState(item, "sent");
    else $("[data-name]", item).textContent = this.nameOf(message.author);
    this.place(item, message);
    this.tidy();
    this.note(message.seq);
    this.showSeen();
    if (this.isAtEnd || isMine) this.toEnd();
    else this.newest.hidden = false;
    if (!isMine) this.hear(message);
  }

  hear(message) {
    if (message.author === this.typist) this.hush();
    const name = this.nameOf(message.author);
    this.announce(say(words.wrote, { name, text: message.body }));
    this.onScroll();
  }

  place(item, message) {
    const day = isoDay.format(new Date(message.sent_at));
    let section = [...this.main.querySelectorAll("section[data-day]")].find((one) => one.dataset.day === day);
    section ??= this.openDay(day, message.sent_at);
    const list = $("ol", section);
    const after = [...list.children].findLast((one) => Number(one.dataset.seq) < message.seq);
    if (after) after.after(item);
    else list.prepend(item);
  }

  openDay(day, at) {
    const section = document.createElement("section");
    section.dataset.day = day;
    const heading = document.createElement("h2");
    const label = document.createElement("span");
    label.textContent = page.days[day] ?? inZone({ weekday: "long", day: "numeric", month: "long" }).format(new Date(at));
    heading.append(label);
    const list = document.createElement("ol");
    list.className = "talk";
    section.append(heading, list);
    $("section[aria-labelledby=first]", this.main)?.remove();
    const next = [...this.main.querySelectorAll("section[data-day]")].find((one) => one.dataset.day > day);
    (next ?? this.waiting).before(section);
    return section;
  }

  /** Counts on without a gap; a number that stays missing is asked for. */
  note(seq) {
    this.ahead.add(seq);
    while (this.ahead.delete(this.seq + 1)) this.seq += 1;
    clearTimeout(this.hole);
    if (this.ahead.size) this.hole = setTimeout(() => this.catchUp().catch(() => {}), 700);
  }

  async catchUp() {
    for (let more = true; more; ) {
      const said = await ask(`/conversations/${page.conversation}/messages/?after=${this.seq}`);
      this.isGone = said.code === "not_found";
      if (this.isGone) return;
      if (said.code) throw new Later();
      const before = this.seq;
      said.messages.forEach((message) => this.show(message));
      more = said.more && this.seq > before;
    }
  }

  nameOf(person) {
    return this.people[person]?.name ?? words.someone;
  }

  // Each message is said once; a screen reader that comes back to many hears how many.
  announce(text) {
    this.unsaid = [...(this.unsaid ?? []), text];
    clearTimeout(this.saying);
    this.saying = setTimeout(() => {
      const texts = this.unsaid.length > 3 ? [say(words.many_new, { count: this.unsaid.length })] : this.unsaid;
      this.unsaid = [];
      this.live.replaceChildren(
        ...texts.map((one) => Object.assign(document.createElement("p"), { textContent: one, dir: "auto" })),
      );
    }, 300);
  }

  // Reading

  onScroll() {
    this.isAtEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 120;
    if (this.isAtEnd) this.newest.hidden = true;
    if (!document.hidden && this.isAtEnd) this.read();
    const unread = Math.max(0, this.seq - this.readSent);
    document.title = unread ? `(${unread}) ${this.title}` : this.title;
  }

  toEnd() {
    scrollTo(0, document.documentElement.scrollHeight);
    this.isAtEnd = true;
    this.newest.hidden = true;
    this.onScroll();
  }

  /** At most every two seconds, and only what was on a page somebody could see. */
  read() {
    if (this.readTimer || this.seq <= this.readSent) return;
    this.readSent = this.seq;
    const seq = this.seq;
    if (!wire.tell({ type: "read", conversation: page.conversation, seq })) ask(page.read_url, { seq, person: page.me }).catch(() => {});
    this.readTimer = setTimeout(() => {
      this.readTimer = 0;
      this.onScroll();
    }, 2000);
  }

  showSeen() {
    const others = Object.entries(this.people).filter(([id]) => id !== page.me);
    if (!others.length) return;
    const seen = Math.min(...others.map(([, person]) => person.read));
    for (const state of this.main.querySelectorAll("li.me[data-seq] [data-state=sent]")) {
      const item = state.closest("li");
      if (Number(item.dataset.seq) <= seen) this.setState(item, "seen");
    }
  }

  // Frames

  take(frame) {
    if (frame.type === "welcome") {
      const here = frame.conversations.find((one) => one.id === page.conversation);
      this.isGone = !here;
      // A message was changed while this page was away: what it shows is not what stands there.
      if (here && (here.revisions ?? 0) !== page.revisions) this.askAgain(here.revisions ?? 0);
      return;
    }
    if (frame.conversation !== page.conversation) return;
    if (frame.type === "message") this.takeMessage(frame);
    else if (frame.type === "read") this.takeRead(frame);
    else if (frame.type === "typing") this.takeTyping(frame.person);
    else if (frame.type === "revised") this.takeRevised(frame);
    else if (frame.type === "ladder") this.askLadder();
    else if (frame.type === "noted") this.askNow();
  }

  takeMessage(frame) {
    if (frame.author === page.me && this.pending.has(frame.key)) outbox.remove(frame.key);
    this.show(frame);
  }

  takeRead({ person, seq }) {
    if (person === page.me) {
      this.readSent = Math.max(this.readSent, seq);
      this.onScroll();
    } else if (this.people[person]) {
      this.people[person].read = Math.max(this.people[person].read, seq);
      this.showSeen();
      this.askLadder();
    }
  }

  takeRevised({ seq, body }) {
    page.revisions += 1;
    const item = this.main.querySelector(`li[data-seq="${Number(seq)}"]`);
    if (item) $(".words", item).textContent = body;
  }

  /** The messages of the newest page once more, for those this page has. */
  async askAgain(revisions) {
    try {
      const answer = await fetch(`${location.pathname}?part=1`, { redirect: "manual" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const one of fresh.querySelectorAll("li[data-seq]")) {
        const item = this.main.querySelector(`li[data-seq="${Number(one.dataset.seq)}"]`);
        if (item) $(".words", item).textContent = $(".words", one).textContent;
      }
      page.revisions = revisions;
    } catch {
      // The next connection asks again.
    }
  }

  takeTyping(person) {
    if (person === page.me) return;
    const place = $("[data-typing]");
    this.typist = person;
    place.hidden = false;
    place.textContent = say(words.typing, { name: this.nameOf(person) });
    clearTimeout(this.hushing);
    this.hushing = setTimeout(() => this.hush(), 5000);
  }

  hush() {
    this.typist = null;
    $("[data-typing]").hidden = true;
  }

  // Buttons and links

  async onClick(event) {
    const earlier = event.target.closest("a[data-earlier]");
    if (earlier) return this.showEarlier(event, earlier);
    const item = event.target.closest("li[data-key]");
    if (!item) return;
    const { key } = item.dataset;
    if (event.target.closest("[data-again]")) {
      await outbox.mark(key, undefined);
      wire.wake();
      flush();
    } else if (event.target.closest("[data-back]") && this.box) {
      await outbox.remove(key);
      this.pending.delete(key);
      this.box.value = [this.box.value, $(".words", item).textContent].filter(Boolean).join("\n");
      item.remove();
      this.tidy();
      this.onInput();
      this.box.focus();
    }
  }

  async showEarlier(event, link) {
    event.preventDefault();
    this.isAtEnd = false;
    const height = document.documentElement.scrollHeight;
    try {
      const answer = await fetch(`${link.href}&part=1`, { redirect: "manual" });
      if (!answer.ok) throw new Later();
      const older = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.prepend([...older.querySelectorAll("section[data-day]")], link);
      const next = $("a[data-earlier]", older);
      if (next) link.href = next.getAttribute("href");
      else link.remove();
    } catch {
      return void location.assign(link.href);
    }
    scrollBy(0, document.documentElement.scrollHeight - height);
  }

  prepend(sections, link) {
    const first = $("section[data-day]", this.main);
    const last = sections.at(-1);
    if (first && last?.dataset.day === first.dataset.day) {
      $("ol", first).prepend(...$("ol", last).children);
      sections.pop();
    }
    link.after(...sections);
  }
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

// -- the inbox --------------------------------------------------------------------------------------------------------------

class Inbox {
  #timer = 0;

  #isNew = true;

  take(frame) {
    const isFirst = frame.type === "welcome" && this.#isNew;
    if (frame.type === "welcome") this.#isNew = false;
    if (isFirst || !["welcome", "message", "read"].includes(frame.type)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.catchUp().catch(() => {}), 500);
  }

  /** The server's own list again: counts are never counted up here. */
  async catchUp() {
    let answer;
    try {
      // Asked for as news: a page nobody touches does not keep its session open.
      answer = await fetch(location.href, { redirect: "manual", headers: { Accept: "application/json" } });
    } catch {
      throw new Later();
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
    if (!answer.ok) throw new Later();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-inbox]");
    const old = $("[data-inbox]");
    if (fresh && !old.contains(document.activeElement)) old.replaceWith(fresh);
  }

  async count() {
    const count = (await outbox.list()).length;
    if (!isOut) notice(count ? say(words.waiting, { count }) : "");
  }
}

const chat = page.conversation ? new Chat() : null;
const inbox = chat ? null : new Inbox();
const room = chat ?? inbox;
const wire = new Wire({
  person: page.me,
  after: () => (chat ? { [page.conversation]: chat.seq } : {}),
  catchUp: () => room.catchUp(),
  frame: (frame) => room.take(frame),
  state: onState,
});
await chat?.start();
flush();
