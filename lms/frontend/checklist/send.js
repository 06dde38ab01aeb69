// Sends one finished sheet. Returns the sentence to show, or nothing once the server has given its receipt.

function parcel(payload, facts) {
  const body = new FormData();
  for (const part of [payload.data].flat()) {
    for (const [name, value] of part.entries()) {
      body.append(name, value, value instanceof File ? value.name : undefined);
    }
  }
  body.append("started_at", facts.openedAt);
  body.append("finalised_at", new Date().toISOString());
  return body;
}

export async function sent(payload, facts) {
  let answer;
  try {
    answer = await fetch(facts.submitUrl, {
      method: "POST",
      body: parcel(payload, facts),
      headers: { "X-CSRFToken": facts.csrf, Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
    });
  } catch {
    return facts.wordsFailed;
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) return facts.wordsSignedOut;
  if (answer.status === 409) return facts.wordsConflict;
  // A captive portal also says 200: only our own receipt counts.
  const receipt = await answer.json().catch(() => null);
  if (answer.ok && ["created", "same"].includes(receipt?.state)) return "";
  return receipt?.error ?? facts.wordsFailed;
}
