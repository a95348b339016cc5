// Signing out or handing the phone over: offers to send what is left, then deletes what this phone kept of the person.

import { FOR_GOOD, Outbox, ask, isAnythingKept, post } from "./outbox.js";

const dialog = document.getElementById("leaving");
const { person, paths } = dialog.dataset;
const ends = paths.split(" ");
let isClear = false;

function isLeaving({ target, submitter }) {
  const action = submitter?.getAttribute("formaction") ?? target.getAttribute("action") ?? "";
  return target.matches("[data-leaving]") || ends.includes(new URL(action, location).pathname);
}

async function clear() {
  if (!(await isAnythingKept(person))) return true;
  const outbox = await Outbox.open(person);
  while ((await outbox.list()).length || (await outbox.drafts()).length) {
    const choice = await choose();
    if (choice === "leave") break;
    if (choice !== "send") return false;
    dialog.querySelector("[data-failed]").hidden = await sendRest(outbox);
  }
  await outbox.destroy();
  return true;
}

function choose() {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}

/** In the order they were written; false when something could not be sent. What is refused for good holds nothing else up. */
async function sendRest(outbox) {
  let isAllSent = true;
  try {
    for (const entry of await outbox.list()) {
      const said = await post(entry, person);
      if (said.type !== "refused") await outbox.remove(entry.key);
      else if (FOR_GOOD.has(said.code)) isAllSent = false;
      else return false;
    }
    for (const [conversation, draft] of await outbox.drafts()) {
      const fields = { body: draft.body, was: JSON.stringify(draft.was ?? []), person };
      const { saved_at: at } = await ask(`/conversations/${conversation}/draft/`, fields);
      if (at) await outbox.keepDraft(conversation, "");
      else isAllSent = false;
    }
    return isAllSent;
  } catch {
    return false;
  }
}

document.addEventListener("submit", async (event) => {
  if (isClear || event.target.method === "dialog" || !isLeaving(event)) return;
  event.preventDefault();
  const { target, submitter } = event;
  // A phone that cannot delete must still let its person go.
  isClear = await clear().catch(() => true);
  if (isClear) target.requestSubmit(submitter);
});
