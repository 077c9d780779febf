/* Proof of work in the protocol 2 of ALTCHA. Each step runs in a thread of the browser's own, so typing never waits. */
const PAUSE = 4;

/** Solves the challenge of a hidden field, and fills in the solution. The form can be sent before. */
export async function solve(field) {
  const challenge = JSON.parse(field.dataset.challenge);
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const begin = performance.now();
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
  const place = new DataView(password.buffer, password.length - 4);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  for (let counter = 0; field.isConnected; counter += 1) {
    place.setUint32(0, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await crypto.subtle.deriveBits(algorithm, key, keyLength * 8));
    if (derivedKey.startsWith(keyPrefix)) {
      const time = Math.round(performance.now() - begin);
      field.value = btoa(JSON.stringify({ challenge, solution: { counter, derivedKey, time } }));
      return;
    }
    // Leaves the processor to the keyboard now and then.
    if (counter % PAUSE === 0) await new Promise((resolve) => { setTimeout(resolve); });
  }
}

function bytes(text) {
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
