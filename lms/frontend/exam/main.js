// An exam page: each answer is sent as it is given and acknowledged; what could not be sent is kept on this device
// and sent again, after a reload and after signing in anew as well. Nothing here decides anything: the server does.
import "./exam.scss";
import { Clock } from "./clock.js";
import { Line } from "./delivery.js";
import { newId, Queue } from "./queue.js";
import { Storage } from "./storage.js";
import { takeOver, writeAlone } from "./tabs.js";
import { isEmpty, typeOf } from "./types.js";

const form = document.getElementById("exam");
const words = form.dataset;
const warning = document.getElementById("warning");
const elsewhere = document.getElementById("elsewhere");
const announcement = document.getElementById("announcement");
const questions = [...form.querySelectorAll(".question")];
const line = new Line(form);
const storage = new Storage(words.attempt);
const queue = new Queue(storage);
const clock = new Clock(document.getElementById("clock"), announcement, words, () => over());
const WAITS = [1000, 2000, 4000, 8000];
const LOOK = 60000; // how often the server is asked for the time left: it may have been prolonged
let failures = 0;
let retryTimer = null;
let sending = false;
let isWriter = true;
let isOver = words.over === "1";
let wantsIn = false; // handing in waits until everything is saved
let leaving = false;

const positionOf = (question) => Number(question.dataset.position);
const questionAt = (position) => questions.find((question) => positionOf(question) === position);
const hidden = (position, prefix) => form.elements[`${prefix}${position}`];
const answerOf = (question) => question.querySelector("[data-kind]");
const responseIn = (question) => typeOf(answerOf(question)).read(answerOf(question));
const say = (question, text) => {
  question.querySelector("[data-state]").textContent = text;
};

function show(notice, text) {
  if (notice.textContent !== text) notice.textContent = text;
  notice.hidden = !text;
}

// What went wrong, and what it means for the answers; with a way to sign in where that helps.
function warn(why) {
  const text = { "signed-out": words.signedOut, "not-yours": words.notYours, network: words.failed }[why] ?? why;
  show(warning, why && !storage.isLasting ? `${text} ${words.keepOpen}` : text);
  document.getElementById("sign-in").hidden = why !== "signed-out";
}

function count() {
  const open = questions.filter((question) => isEmpty(responseIn(question))).length;
  document.getElementById("count").textContent = `${questions.length - open} / ${questions.length}`;
  document.getElementById("open-questions").textContent = open ? `${open} ${words.open}` : words.all;
}

function change(question) {
  const position = positionOf(question);
  const answer = {
    position,
    clientId: newId(),
    sequence: Number(hidden(position, "n").value) + 1,
    response: responseIn(question),
  };
  number(answer);
  queue.put(answer);
  say(question, words.saving);
  count();
  send();
}

// The plain form carries the same ids, so that handing in never saves an answer twice.
function number(answer) {
  hidden(answer.position, "id").value = answer.clientId;
  hidden(answer.position, "n").value = answer.sequence;
}

async function send() {
  if (sending || !isWriter || leaving || queue.size === 0) return;
  sending = true;
  clearTimeout(retryTimer);
  const answer = queue.first;
  try {
    took(answer, await deliver(answer));
    failures = 0;
    if (queue.size === 0) warn("");
  } catch (failure) {
    say(questionAt(answer.position), words.kept);
    warn(failure.why ?? "network");
    retryLater(send);
    sending = false;
    return;
  }
  sending = false;
  if (queue.size > 0) send();
  else if (wantsIn) handIn();
}

function deliver(answer) {
  return line.deliver(questionAt(answer.position).dataset.url, {
    client_id: answer.clientId,
    sequence: answer.sequence,
    response: JSON.stringify(answer.response),
    away: queue.away,
  });
}

function took(answer, { ok, reply }) {
  const question = questionAt(answer.position);
  queue.settle(answer);
  say(question, ok ? words.saved : reply.sentence);
  if (ok) {
    clock.set(reply.remaining_seconds);
    // The next answer of this device comes after what another device has said meanwhile.
    hidden(answer.position, "n").value = Math.max(reply.sequence, Number(hidden(answer.position, "n").value));
    if (reply.superseded) say(question, words.superseded);
    show(elsewhere, reply.elsewhere ? words.elsewhere : "");
  } else if (reply.code === "closed" || reply.code === "late") {
    over();
  }
}

// A little by chance, so that a thousand devices do not come back in the same moment.
function retryLater(act) {
  const wait = WAITS[Math.min(failures, WAITS.length - 1)];
  failures += 1;
  clearTimeout(retryTimer);
  retryTimer = setTimeout(act, wait * (0.75 + Math.random() / 2));
}

// The device thinks the time is over; the server may have given more, or may not be there to ask.
async function over() {
  if (leaving || !isWriter) return;
  if (!isOver) {
    isOver = true;
    announcement.textContent = words.timeOver;
  }
  for (const question of questions) question.disabled = true;
  try {
    const { remaining_seconds: left } = await line.clock();
    if (left > 0) return goOn(left);
    leave(() => form.requestSubmit(form.elements.submit));
  } catch (failure) {
    warn(failure.why === "network" ? words.overOffline : failure.why);
    retryLater(over);
  }
}

function goOn(seconds) {
  isOver = false;
  announcement.textContent = words.prolonged;
  for (const question of questions) question.disabled = false;
  warn("");
  clock.set(seconds);
  send();
}

async function handIn() {
  wantsIn = true;
  if (queue.size > 0) {
    warn(words.waits);
    return send();
  }
  try {
    await line.clock();
  } catch (failure) {
    warn(failure.why === "network" ? words.waits : failure.why);
    return retryLater(handIn);
  }
  return leave(() => form.requestSubmit(form.elements.submit));
}

function leave(act) {
  leaving = true;
  warn("");
  for (const question of questions) question.disabled = false; // a disabled field is not sent
  act();
}

async function look() {
  if (!leaving && isWriter && !isOver && queue.size === 0) {
    try {
      const { remaining_seconds: left, closed } = await line.clock();
      if (closed) over();
      else clock.set(left);
      warn("");
    } catch (failure) {
      warn(failure.why === "network" ? words.offline : failure.why);
    }
  }
}

function restore() {
  for (const answer of queue.recall()) {
    const question = questionAt(answer.position);
    if (!question || answer.sequence < Number(hidden(answer.position, "n").value)) continue;
    typeOf(answerOf(question)).write(answerOf(question), answer.response ?? {});
    number(answer);
    queue.put(answer);
    say(question, words.saving);
  }
}

function write() {
  restore();
  count();
  if (isOver) over();
  else clock.set(Number(words.remaining));
  send();
  setInterval(look, LOOK);
}

// Another tab of this browser writes now: this one only shows.
function watch() {
  isWriter = false;
  for (const question of questions) question.disabled = true;
  document.getElementById("other-tab").hidden = false;
  form.elements.submit.disabled = true;
  count();
}

form.addEventListener("change", (event) => {
  const question = event.target.closest(".question");
  if (question) change(question);
});
form.addEventListener("submit", (event) => {
  if (leaving) {
    storage.forget();
    return;
  }
  event.preventDefault();
  if (isWriter) handIn();
});
document.getElementById("take-over").addEventListener("click", takeOver);
document.addEventListener("visibilitychange", () => {
  if (document.hidden && isWriter) queue.left();
});
window.addEventListener("online", () => {
  failures = 0;
  send();
  look();
});
window.addEventListener("offline", () => {
  if (isWriter && !leaving) warn(words.offline);
});
window.addEventListener("beforeunload", (event) => {
  if (queue.size > 0 && isWriter && !leaving) event.preventDefault();
});
for (const question of questions) typeOf(answerOf(question)).enhance?.(answerOf(question));
writeAlone(words.attempt, write, watch);
