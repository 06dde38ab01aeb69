// A box to sign in: strokes of a finger, pen or mouse as points of a box 1000 wide and 400 high.
import "./signature.css";

const WIDTH = 1000;
const HEIGHT = 400;
const MOST_POINTS = 6000;

class Pad {
  constructor(box) {
    this.canvas = box.querySelector("[data-pad]");
    this.state = box.querySelector("[data-pad-state]");
    this.field = box.closest("form").querySelector("[data-strokes]");
    this.strokes = read(this.field.value);
    this.pen = null;
    box.hidden = false;
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.go(event));
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => this.end());
    box.querySelector("[data-clear]").addEventListener("click", () => this.clear());
    this.draw();
  }

  begin(event) {
    if (event.button) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pen = event.pointerId;
    this.strokes.push([]);
    this.add(event);
  }

  go(event) {
    if (event.pointerId !== this.pen) return;
    // A quick hand makes more points than the screen shows pictures.
    for (const one of event.getCoalescedEvents?.() ?? [event]) this.add(one);
  }

  end() {
    this.pen = null;
    this.keep();
  }

  add(event) {
    const room = this.canvas.getBoundingClientRect();
    const x = Math.round(((event.clientX - room.left) / room.width) * WIDTH);
    const y = Math.round(((event.clientY - room.top) / room.height) * HEIGHT);
    const stroke = this.strokes.at(-1);
    const last = stroke.at(-1);
    if (x < 0 || y < 0 || x > WIDTH || y > HEIGHT) return;
    if (last && Math.hypot(last[0] - x, last[1] - y) < 3) return;
    if (this.strokes.reduce((sum, one) => sum + one.length, 0) >= MOST_POINTS) return;
    stroke.push([x, y]);
    this.draw();
  }

  clear() {
    this.strokes = [];
    this.draw();
    this.keep();
  }

  keep() {
    this.strokes = this.strokes.filter((stroke) => stroke.length);
    this.field.value = this.strokes.length ? JSON.stringify(this.strokes) : "";
    this.tell();
  }

  draw() {
    const paper = this.canvas.getContext("2d");
    paper.clearRect(0, 0, WIDTH, HEIGHT);
    paper.strokeStyle = "#123f9b";
    paper.lineWidth = 6;
    paper.lineCap = paper.lineJoin = "round";
    for (const stroke of this.strokes) {
      if (!stroke.length) continue;
      paper.beginPath();
      paper.moveTo(...stroke[0]);
      for (const point of stroke.length > 1 ? stroke.slice(1) : stroke) paper.lineTo(...point);
      paper.stroke();
    }
    this.tell();
  }

  tell() {
    const words = this.state.dataset;
    const said = this.strokes.length ? words.drawn : words.empty;
    if (this.state.textContent !== said) this.state.textContent = said;
  }
}

function read(text) {
  try {
    return JSON.parse(text) ?? [];
  } catch {
    return [];
  }
}

for (const box of document.querySelectorAll("[data-signature-pad]")) new Pad(box);
