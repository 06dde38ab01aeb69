// The inspection checklist: ODK's own form engine, loaded only on the page that fills one in.
// The finished sheet goes to the server with its photos; the page keeps the answers until a receipt has come.
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp, h } from "vue";
import { speakDates } from "./dates.js";
import { nameEverything } from "./names.js";
import { sent } from "./send.js";
import { speakVietnamese } from "./words.js";
import "./checklist.css";

const place = document.querySelector("[data-checklist-form]");
const problem = document.querySelector("[data-checklist-problem]");

function say(sentence) {
  problem.textContent = sentence;
  problem.hidden = !sentence;
  if (sentence) problem.scrollIntoView({ block: "center" });
}

async function open() {
  const facts = place.dataset;
  const answer = await fetch(facts.formUrl, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`form ${answer.status}`);
  const formXml = await answer.text();
  place.replaceChildren();
  nameEverything(place, facts.wordsRemove);
  if (document.documentElement.lang === "vi") speakVietnamese(place);
  const onSubmit = async ([payload]) => {
    say("");
    const refusal = await sent(payload, facts);
    if (refusal) say(refusal);
    else window.location.assign(facts.doneUrl);
  };
  const app = createApp({
    render: () =>
      h(OdkWebForm, {
        formXml,
        fetchFormAttachment: (url) => fetch(url, { credentials: "same-origin" }),
        onSubmit: (...given) => onSubmit(Array.isArray(given[0]) ? given[0] : given),
      }),
  }).use(webFormsPlugin);
  speakDates(app, document.documentElement.lang, { today: facts.wordsToday, clear: facts.wordsClear });
  app.mount(place);
}

if (place) open().catch(() => say(place.dataset.wordsFailed));
