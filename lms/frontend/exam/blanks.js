// A text with blanks: one field for each.
import { readKeyed, writeKeyed } from "./keyed.js";

export const read = (element) => ({ blanks: readKeyed(element) });
export const write = (element, response) => writeKeyed(element, response.blanks);
