// The inspection checklist: ODK's own form engine, loaded only on the page that fills one in.
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp, h } from "vue";

const place = document.querySelector("[data-checklist-form]");
if (place) {
  createApp({ render: () => h(OdkWebForm, { formXml: place.querySelector("template").innerHTML }) })
    .use(webFormsPlugin)
    .mount(place);
}
