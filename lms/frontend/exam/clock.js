// The server's remaining time, counted on the device's steady clock: a wrong wall clock changes nothing.
// Spoken at ten, five and one minutes only; a clock that speaks each second drowns everything else.
const SPOKEN = [60, 300, 600];
const limitOf = (seconds) => SPOKEN.find((one) => seconds <= one) ?? Infinity;

export class Clock {
  constructor(element, announcement, words, onOver) {
    Object.assign(this, { element, announcement, words, onOver });
  }

  set(seconds) {
    this.endsAt = performance.now() + seconds * 1000;
    // At the beginning, and after more time was given, what is left is not news.
    if (this.spoken === undefined || seconds > this.spoken + 1) this.spoken = limitOf(seconds);
    if (!this.timer) this.#tick();
  }

  #tick() {
    const seconds = Math.max(0, Math.ceil((this.endsAt - performance.now()) / 1000));
    this.element.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.element.classList.toggle("is-short", seconds <= 60);
    this.#speak(seconds);
    this.timer = seconds > 0 ? setTimeout(() => this.#tick(), 500) : null;
    if (seconds === 0) this.onOver();
  }

  #speak(seconds) {
    const limit = limitOf(seconds);
    if (limit >= this.spoken) return;
    this.spoken = limit;
    if (seconds > 0) this.announcement.textContent = { 60: this.words.one, 300: this.words.five, 600: this.words.ten }[limit];
  }
}
