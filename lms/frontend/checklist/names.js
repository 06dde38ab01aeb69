// ODK Web Forms 0.22 leaves a date field, its sections and the button on a chosen photo without a name for a
// screen reader. Each gets the words that stand beside it. Delete this file when the component names them.
function nameOf(element) {
  return element?.querySelector("label, .p-panel-header, .panel-title")?.textContent.trim() ?? "";
}

function nameDates(place) {
  for (const field of place.querySelectorAll("input[role=combobox]:not([aria-label])")) {
    field.setAttribute("aria-label", nameOf(field.closest(".question-container")));
  }
}

function nameSections(place) {
  for (const section of place.querySelectorAll("[role=region]:not([aria-label])")) {
    section.removeAttribute("aria-labelledby"); // it names an element that is not there
    section.setAttribute("aria-label", nameOf(section.parentElement));
  }
}

function namePhotoButtons(place, word) {
  for (const button of place.querySelectorAll(".preview-captured-image button:not([aria-label])")) {
    button.setAttribute("aria-label", `${word}: ${nameOf(button.closest(".question-container"))}`);
  }
}

export function nameEverything(place, word) {
  const name = () => {
    nameDates(place);
    nameSections(place);
    namePhotoButtons(place, word);
  };
  new MutationObserver(name).observe(place, { childList: true, subtree: true });
}
