// What every page loads: styles, partial updates, small conveniences. Every page also works without it.
import "@fontsource/be-vietnam-pro/400.css";
import "@fontsource/be-vietnam-pro/400-italic.css";
import "@fontsource/be-vietnam-pro/500.css";
import "@fontsource/be-vietnam-pro/600.css";
import "@fontsource/be-vietnam-pro/700.css";
import "../theme/theme.scss";
import Alpine from "@alpinejs/csp";
import htmx from "htmx.org";
import { drawCharts } from "./charts.js";
import { guardForms } from "./forms.js";
import { openMenus } from "./menus.js";

window.htmx = htmx;
window.Alpine = Alpine;
document.documentElement.classList.add("js");
openMenus();
guardForms();
drawCharts(document);
htmx.onLoad((part) => drawCharts(part));
Alpine.start();
