// What was written and is not stored by the server yet: kept on this phone, encrypted by a key that never leaves it.

const TEXT = new TextEncoder();
const WORDS = new TextDecoder();
const nameOf = (person) => `porch-${person}`;

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });

// Some browsers never answer: then the page goes on without.
const tooLate = (time) => new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), time));

const opened = new Map();

/** What the server will not take however often it is asked. */
export const FOR_GOOD = new Set(["not_found", "empty", "too_long", "paused", "ended", "bad_frame"]);

export class SignedOut extends Error {}
export class Later extends Error {}

/** One person's unsent messages, in order, and drafts. Where the browser keeps nothing it lives as long as the page. */
export class Outbox {
  #db = null;
  #secret = null;
  #memory = new Map();
  #drafts = new Map();

  /** The same one for everything on the page. */
  static open(person) {
    if (!opened.has(person)) opened.set(person, Outbox.#make(person));
    return opened.get(person);
  }

  static async #make(person) {
    const outbox = new Outbox();
    outbox.person = person;
    try {
      const opening = indexedDB.open(nameOf(person), 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore("keys");
        opening.result.createObjectStore("outbox", { keyPath: "n", autoIncrement: true });
        opening.result.createObjectStore("drafts");
      };
      const db = await Promise.race([answer(opening), tooLate(3000)]);
      db.onversionchange = () => {
        db.close();
        outbox.#db = null;
      };
      outbox.#secret = await secretOf(db);
      outbox.#db = db;
    } catch {
      outbox.#db = null;
    }
    return outbox;
  }

  get isKept() {
    return this.#db !== null;
  }

  /** Resolves when the entry is on the phone's disk: only then may the composer be emptied. */
  async add(entry) {
    if (!this.isKept) return void this.#memory.set(entry.key, entry);
    const sealed = await this.#seal({ conversation: entry.conversation, body: entry.body }, entry.key);
    const writing = this.#db.transaction("outbox", "readwrite", { durability: "strict" });
    writing.objectStore("outbox").add({ key: entry.key, ...sealed });
    return finished(writing);
  }

  /** All entries, oldest first; `failed` is the code the server refused one with for good. */
  async list() {
    if (!this.isKept) return [...this.#memory.values()];
    const rows = await answer(this.#db.transaction("outbox").objectStore("outbox").getAll());
    const entries = await Promise.all(
      rows.map(async (row) => {
        const content = await this.#open(row, row.key).catch(() => null);
        return content && { key: row.key, failed: row.failed, ...content };
      }),
    );
    return entries.filter(Boolean);
  }

  /** Notes that the server refused this one, or with no code that it shall be tried again. */
  async mark(key, failed) {
    if (!this.isKept) return void Object.assign(this.#memory.get(key) ?? {}, { failed });
    return this.#each(key, (cursor) => cursor.update({ ...cursor.value, failed }));
  }

  async remove(key) {
    this.#memory.delete(key);
    if (this.isKept) await this.#each(key, (cursor) => cursor.delete());
  }

  /** `was` is what the server may have of it. */
  async keepDraft(conversation, body, was = []) {
    if (!this.isKept) return void this.#drafts.set(conversation, body && { body, was });
    const sealed = body ? await this.#seal({ body, was }, conversation) : null;
    const writing = this.#db.transaction("drafts", "readwrite");
    const drafts = writing.objectStore("drafts");
    if (sealed) drafts.put(sealed, conversation);
    else drafts.delete(conversation);
    return finished(writing);
  }

  /** What was typed here and the server has not confirmed, as {body, was}; null where there is nothing. */
  async draft(conversation) {
    if (!this.isKept) return this.#drafts.get(conversation) || null;
    const row = await answer(this.#db.transaction("drafts").objectStore("drafts").get(conversation));
    return row ? this.#open(row, conversation).catch(() => null) : null;
  }

  /** Everything typed here that the server has not confirmed, as [conversation, draft]. */
  async drafts() {
    const names = this.isKept
      ? await answer(this.#db.transaction("drafts").objectStore("drafts").getAllKeys())
      : [...this.#drafts.keys()];
    const drafts = await Promise.all(names.map(async (name) => [name, await this.draft(name)]));
    return drafts.filter(([, draft]) => draft);
  }

  /** Deletes the key first: without it the rest is noise, even if the browser is slow to let go of it. */
  async destroy() {
    this.#memory.clear();
    this.#drafts.clear();
    if (!this.isKept) return;
    const db = this.#db;
    this.#db = null;
    const emptying = db.transaction(["keys", "outbox", "drafts"], "readwrite", { durability: "strict" });
    for (const store of ["keys", "outbox", "drafts"]) emptying.objectStore(store).clear();
    await finished(emptying);
    db.close();
    indexedDB.deleteDatabase(nameOf(this.person));
  }

  async #each(key, change) {
    const writing = this.#db.transaction("outbox", "readwrite", { durability: "strict" });
    const walk = writing.objectStore("outbox").openCursor();
    walk.onsuccess = () => {
      const cursor = walk.result;
      if (!cursor) return;
      if (cursor.value.key === key) change(cursor);
      cursor.continue();
    };
    return finished(writing);
  }

  // The place is bound in: an entry copied under another key does not open.
  async #seal(content, place) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: TEXT.encode(place) };
    return { iv, box: await crypto.subtle.encrypt(how, this.#secret, TEXT.encode(JSON.stringify(content))) };
  }

  async #open({ iv, box }, place) {
    const how = { name: "AES-GCM", iv, additionalData: TEXT.encode(place) };
    return JSON.parse(WORDS.decode(await crypto.subtle.decrypt(how, this.#secret, box)));
  }
}

/** The key of this phone and person; two tabs that open at once agree on one. */
async function secretOf(db) {
  const known = await answer(db.transaction("keys").objectStore("keys").get("own"));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const writing = db.transaction("keys", "readwrite", { durability: "strict" });
  const keys = writing.objectStore("keys");
  const first = await answer(keys.get("own"));
  if (!first) keys.put(made, "own");
  await finished(writing);
  return first ?? made;
}

/** Whether this phone holds anything of that person, without making it. */
export async function isAnythingKept(person) {
  const all = await indexedDB.databases?.().catch(() => null);
  return !all || all.some((one) => one.name === nameOf(person));
}

/** A plain request. Raises SignedOut where the session ended, Later where nobody answered. */
export async function ask(url, fields) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 12000);
  const options = { headers: { Accept: "application/json" }, redirect: "manual", signal: stop.signal };
  if (fields) {
    options.method = "POST";
    options.body = JSON.stringify(fields);
    options.headers["Content-Type"] = "application/json";
    options.headers["X-CSRFToken"] = csrfToken();
  }
  try {
    const response = await fetch(url, options);
    if (response.type === "opaqueredirect" || response.status === 401) throw new SignedOut();
    if (response.status === 403 || response.status >= 500) throw new Later();
    return await response.json();
  } catch (error) {
    throw error instanceof SignedOut ? error : new Later();
  } finally {
    clearTimeout(timer);
  }
}

/** As it is now: another tab may have signed in again since this page was made. */
export function csrfToken() {
  const cookie = /(?:^|; )porch_csrf=([^;]+)/.exec(document.cookie);
  return cookie ? cookie[1] : (document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
}

/** Sends one entry by plain request and gives the server's answer as the socket would. */
export async function post(entry, person) {
  const { key, body, conversation } = entry;
  const said = await ask(`/conversations/${conversation}/messages/`, { key, body, person });
  if (said.code) return { type: "refused", key, ...said };
  return { type: said.held ? "held" : "stored", conversation, ...said };
}
