// What this device keeps of one attempt: answers the server has not acknowledged, and how often the page was left.
// A private window may refuse storage; the page itself still holds the answers then, and `isLasting` says so.
export class Storage {
  constructor(attempt) {
    this.key = `exam-${attempt}`;
    this.isLasting = true;
  }

  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
      return { pending: kept?.pending ?? [], away: kept?.away ?? 0 };
    } catch {
      return { pending: [], away: 0 };
    }
  }

  write(pending, away) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ pending, away }));
      this.isLasting = true;
    } catch {
      this.isLasting = false;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was stored then either.
    }
  }
}
