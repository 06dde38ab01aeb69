// An exam page: each choice is sent at once and acknowledged; what could not be sent is kept on this device and sent again.
// The clock counts the server's remaining time on the device's steady clock, so a wrong wall clock changes nothing.
import "./exam.scss";

const form = document.getElementById("exam");
const words = form.dataset;
const warning = document.getElementById("warning");
const announcement = document.getElementById("announcement");
const storageKey = `exam-${words.attempt}`;
const questions = [...form.querySelectorAll(".question")];
const pending = new Map(); // position → {position, clientId, sequence, chosen}
const PATIENCE = 8000;
const RETRIES = [1000, 2000, 4000, 8000];
let failures = 0;
let retryTimer = null;
let sending = false;
let submitting = false;
let endsAt = performance.now() + Number(words.remaining) * 1000;

const positionOf = (question) => Number(question.dataset.position);
const questionAt = (position) => questions.find((question) => positionOf(question) === position);
const hidden = (position, prefix) => form.elements[`${prefix}${position}`];
const chosenIn = (question) => [...question.querySelectorAll("input:checked")].map((input) => input.value);

function remember() {
  try {
    localStorage.setItem(storageKey, JSON.stringify([...pending.values()]));
  } catch {
    // Private windows may refuse storage; the page itself still holds the answers.
  }
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? "[]");
  } catch {
    return [];
  }
}

function say(question, text) {
  question.querySelector("[data-state]").textContent = text;
}

function warn(text) {
  if (warning.textContent !== text) warning.textContent = text;
  warning.hidden = !text;
}

function count() {
  const open = questions.filter((question) => chosenIn(question).length === 0).length;
  document.getElementById("count").textContent = `${questions.length - open} / ${questions.length}`;
  document.getElementById("open-questions").textContent = open ? `${open} ${words.open}` : words.all;
}

function change(question) {
  const position = positionOf(question);
  const answer = {
    position,
    clientId: crypto.randomUUID?.() ?? fallbackId(),
    sequence: Number(hidden(position, "n").value) + 1,
    chosen: chosenIn(question),
  };
  hidden(position, "id").value = answer.clientId;
  hidden(position, "n").value = answer.sequence;
  pending.set(position, answer);
  remember();
  say(question, words.saving);
  count();
  send();
}

// randomUUID needs a secure context; a province's test server may not have one.
function fallbackId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function bodyOf(answer) {
  const body = new URLSearchParams({
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    client_id: answer.clientId,
    sequence: answer.sequence,
  });
  for (const option of answer.chosen) body.append("chosen", option);
  return body;
}

async function send() {
  if (sending || submitting || pending.size === 0) return;
  sending = true;
  clearTimeout(retryTimer);
  const [answer] = pending.values();
  try {
    await deliver(answer);
    failures = 0;
    if (pending.size === 0) warn("");
  } catch (problem) {
    failures += 1;
    say(questionAt(answer.position), "");
    warn(problem.sentence ?? words.failed);
    retryTimer = setTimeout(send, RETRIES[Math.min(failures, RETRIES.length) - 1]);
    sending = false;
    return;
  }
  sending = false;
  send();
}

async function deliver(answer) {
  const question = questionAt(answer.position);
  const response = await fetch(question.dataset.url, {
    method: "POST",
    body: bodyOf(answer),
    signal: AbortSignal.timeout(PATIENCE),
    keepalive: true,
  });
  if (response.redirected) throw { sentence: words.signedOut };
  if (response.status >= 500 || response.status === 403) throw {};
  const reply = await response.json();
  settle(answer);
  if (response.ok) {
    say(question, words.saved);
    endsAt = performance.now() + reply.remaining_seconds * 1000;
  } else {
    say(question, reply.sentence);
    if (reply.code === "closed" || reply.code === "late") finish();
  }
}

function settle(answer) {
  if (pending.get(answer.position)?.clientId === answer.clientId) pending.delete(answer.position);
  remember();
}

function finish() {
  if (submitting) return;
  submitting = true;
  warn("");
  announcement.textContent = words.over;
  form.requestSubmit(form.elements.submit);
}

let announced = Infinity;

function announce(seconds) {
  for (const [limit, text] of [[60, words.minute], [300, words.five]]) {
    if (seconds <= limit && announced > limit) {
      announced = limit;
      announcement.textContent = text;
      return;
    }
  }
}

function tick() {
  const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  const clock = document.getElementById("clock");
  clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  clock.classList.toggle("is-short", seconds <= 60);
  announce(seconds);
  if (seconds > 0) setTimeout(tick, 500);
  else finish();
}

function restore() {
  for (const answer of recall()) {
    const question = questionAt(answer.position);
    if (!question || answer.sequence < Number(hidden(answer.position, "n").value)) continue;
    for (const input of question.querySelectorAll("input[type=radio], input[type=checkbox]"))
      input.checked = answer.chosen.includes(input.value);
    hidden(answer.position, "id").value = answer.clientId;
    hidden(answer.position, "n").value = answer.sequence;
    pending.set(answer.position, answer);
    say(question, words.saving);
  }
}

form.addEventListener("change", (event) => {
  const question = event.target.closest(".question");
  if (question) change(question);
});
form.addEventListener("submit", () => {
  submitting = true;
  // What is still pending goes with the form itself, under the same id.
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // Nothing was stored then either.
  }
});
window.addEventListener("online", send);
window.addEventListener("beforeunload", (event) => {
  if (pending.size > 0 && !submitting) event.preventDefault();
});
restore();
count();
send();
tick();
