// What the page's script asks of each type of question: `read` the response out of its element and `write` one into
// it. What a type needs beyond plain fields its module adds to the page by itself. One module for each type.
import * as blanks from "./blanks.js";
import * as choice from "./choice.js";
import * as matching from "./matching.js";
import * as numeric from "./numeric.js";
import * as ordering from "./ordering.js";
import * as shortText from "./short-text.js";
import * as spreadsheet from "./spreadsheet.js";

// A case asks the types of its own questions, so it stands here.
const partsOf = (element) => [...element.querySelectorAll("[data-part]")];
const caseOf = {
  read: (element) => ({
    parts: Object.fromEntries(
      partsOf(element)
        .map((part) => [part.dataset.part, typeOf(part).read(part)])
        .filter(([, response]) => !isEmpty(response)),
    ),
  }),
  write(element, response) {
    for (const part of partsOf(element)) typeOf(part).write(part, response.parts?.[part.dataset.part] ?? {});
  },
};

const TYPES = {
  single: choice,
  multiple: choice,
  true_false: choice,
  matching,
  ordering,
  numeric,
  short_text: shortText,
  blanks,
  case: caseOf,
  spreadsheet,
};

export const typeOf = (element) => TYPES[element.dataset.kind];

export function isEmpty(response) {
  if (response === null || response === undefined) return true;
  if (typeof response === "string") return response.trim() === "";
  if (Array.isArray(response)) return response.length === 0;
  if (typeof response === "object") return Object.values(response).every(isEmpty);
  return false;
}
