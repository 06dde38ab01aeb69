// A question outside an exam: only what its type adds to the page.
import "../exam/types.js";
