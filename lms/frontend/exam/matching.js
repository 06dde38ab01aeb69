// Matching: one select for each line on the left.
import { readKeyed, writeKeyed } from "./keyed.js";

export const read = (element) => ({ pairs: readKeyed(element) });
export const write = (element, response) => writeKeyed(element, response.pairs);
