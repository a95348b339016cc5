// The line to the server: a socket while there is one, plain requests while there is not.

import { Later, SignedOut, post } from "./outbox.js";

const BEAT = 15000; // between two signs of life; one missed ends the line
const PATIENCE = 8000; // for a connection to open and for a message to be stored
const SLOWEST = 30000;
const ASK_FIRST = 5000;
const ASK_LAST = 15000;

export class Wire {
  #socket = null;
  #isLive = false;
  #isOver = false;
  #isHeard = true;
  #tries = 0;
  #retry = 0;
  #asking = 0;
  #pause = ASK_FIRST;
  #sending = new Map();

  /**
   * @param {{person: string, after: () => object, catchUp: () => Promise<void>, frame: (frame: object) => void,
   *          state: (state: "live" | "slow" | "offline" | "out") => void}} page
   */
  constructor(page) {
    this.page = page;
    addEventListener("online", () => this.wake());
    addEventListener("pageshow", (event) => event.persisted && this.wake());
    document.addEventListener("visibilitychange", () => !document.hidden && this.wake());
    setInterval(() => this.#beat(), BEAT);
    this.#connect();
  }

  get isLive() {
    return this.#isLive;
  }

  /** The phone woke up or found a network: see at once whether the line still holds. */
  wake() {
    if (this.#isLive) {
      this.#isHeard = false;
      this.tell({ type: "ping" });
      setTimeout(() => !this.#isHeard && this.#lose(), BEAT / 3);
    } else {
      this.#tries = 0;
      this.#connect();
      if (this.#asking > 0) {
        clearTimeout(this.#asking);
        this.#askAround();
      }
    }
  }

  /** For what may get lost: typing, read. False where there is no line. */
  tell(frame) {
    if (this.#isLive) this.#socket.send(JSON.stringify(frame));
    return this.#isLive;
  }

  /** One message; resolves with `stored`, `held` or `refused`. Raises Later or SignedOut: it stays where it is kept. */
  send(entry) {
    if (this.#isOver) return Promise.reject(new SignedOut());
    if (!this.#isLive) return post(entry, this.page.person);
    return new Promise((resolve, reject) => {
      const socket = this.#socket;
      const timer = setTimeout(() => socket === this.#socket && this.#lose(), PATIENCE);
      this.#sending.set(entry.key, { resolve, reject, timer });
      const { conversation, key, body } = entry;
      this.tell({ type: "send", conversation, key, body });
    });
  }

  #connect() {
    clearTimeout(this.#retry);
    if (this.#socket || this.#isOver) return;
    let socket;
    try {
      socket = new WebSocket(`${location.origin.replace("http", "ws")}/ws/`);
    } catch {
      return void this.#lose();
    }
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ type: "hello", after: this.page.after() }));
    socket.onmessage = (event) => this.#hear(JSON.parse(event.data));
    socket.onclose = () => this.#lose();
    setTimeout(() => socket === this.#socket && !this.#isLive && this.#lose(), PATIENCE);
  }

  #hear(frame) {
    this.#isHeard = true;
    if (frame.type === "welcome") return this.#welcome(frame);
    const waiting = ["stored", "held", "refused"].includes(frame.type) && this.#sending.get(frame.key);
    if (waiting) {
      clearTimeout(waiting.timer);
      this.#sending.delete(frame.key);
      waiting.resolve(frame);
    } else {
      this.page.frame(frame);
    }
  }

  #welcome(frame) {
    // Another person of this phone has signed in since: this page is not theirs.
    if (frame.person !== this.page.person) return this.#end();
    this.#isLive = true;
    this.#tries = 0;
    clearTimeout(this.#asking);
    this.#asking = 0;
    this.page.frame(frame);
    this.page.state("live");
  }

  #beat() {
    if (!this.#isLive) return;
    if (!this.#isHeard) return this.#lose();
    this.#isHeard = false;
    this.tell({ type: "ping" });
  }

  #lose() {
    const socket = this.#socket;
    this.#socket = null;
    this.#isLive = false;
    this.#isHeard = true;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    for (const { reject, timer } of this.#sending.values()) {
      clearTimeout(timer);
      reject(new Later());
    }
    this.#sending.clear();
    this.#tries += 1;
    const wait = Math.min(SLOWEST, 500 * 2 ** this.#tries);
    this.#retry = setTimeout(() => this.#connect(), wait * (0.5 + Math.random() / 2));
    // Asking at once tells a dead network, a blocked socket and an ended session apart.
    if (!this.#asking) this.#askAround();
  }

  async #askAround() {
    this.#asking = -1;
    let state = "slow";
    try {
      await this.page.catchUp();
      this.#pause = Math.min(ASK_LAST, this.#pause + 2500);
    } catch (error) {
      if (error instanceof SignedOut) return this.#end();
      state = "offline";
      this.#pause = ASK_FIRST;
    }
    if (this.#isLive || this.#isOver || !this.#asking) return;
    this.page.state(state);
    this.#asking = setTimeout(() => this.#askAround(), document.hidden ? SLOWEST : this.#pause);
  }

  #end() {
    this.#isOver = true;
    this.#isLive = false;
    clearTimeout(this.#retry);
    clearTimeout(this.#asking);
    if (this.#socket) {
      this.#socket.onclose = null;
      this.#socket.close();
      this.#socket = null;
    }
    this.page.state("out");
  }
}
