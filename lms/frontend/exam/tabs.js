// One tab of a browser writes an attempt. The first holds a lock; a later one is told and may take it over, the
// first is told then. Without locks (no secure context) the newest tab writes and the others are told.
const TAKE_OVER = "exam-take-over";

export function takeOver() {
  sessionStorage.setItem(TAKE_OVER, "1");
  location.reload();
}

export function writeAlone(attempt, onWriter, onOther) {
  const name = `exam-${attempt}`;
  if (navigator.locks) return hold(name, onWriter, onOther);
  const channel = new BroadcastChannel(name);
  channel.onmessage = onOther;
  channel.postMessage("here");
  return onWriter();
}

function hold(name, onWriter, onOther) {
  const steal = sessionStorage.getItem(TAKE_OVER) === "1";
  sessionStorage.removeItem(TAKE_OVER);
  const options = steal ? { steal: true } : { ifAvailable: true };
  navigator.locks
    .request(name, options, (lock) => {
      if (!lock) return onOther();
      onWriter();
      return new Promise(() => {}); // held until the tab is closed or another takes it
    })
    .catch((error) => {
      if (error.name !== "AbortError") throw error;
      onOther(); // another tab has taken the lock over
    });
}
