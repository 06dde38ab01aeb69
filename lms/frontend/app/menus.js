// The navigation of narrow screens, and menus that close when one leaves them.
function toggle(button) {
  const place = document.getElementById(button.dataset.toggles);
  const open = place.toggleAttribute("data-open");
  button.setAttribute("aria-expanded", String(open));
}

function closeOthers(target) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
}

function closeByEscape(event) {
  const menu = event.key === "Escape" && document.activeElement?.closest("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

export function openMenus() {
  for (const button of document.querySelectorAll("[data-toggles]")) {
    button.addEventListener("click", () => toggle(button));
  }
  document.addEventListener("click", (event) => closeOthers(event.target));
  document.addEventListener("focusin", (event) => closeOthers(event.target));
  document.addEventListener("keydown", closeByEscape);
}
