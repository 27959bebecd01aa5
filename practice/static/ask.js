// Asks the practice phone's controls; throws an Error with the reason in words.
export async function ask(path, body) {
  const request = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(`/practice/${path}`, request).catch(() => {
    throw new Error("The practice phone has stopped. Start it again.");
  });
  if (!response.ok) {
    const { error } = await response.json();
    throw new Error(error);
  }
  return response;
}

export async function askJson(path, body) {
  return (await ask(path, body)).json();
}

// Puts a message where a screen reader hears it without losing its place.
export function tell(place, message, isWrong = false) {
  place.textContent = message;
  place.classList.toggle("wrong", isWrong);
}
