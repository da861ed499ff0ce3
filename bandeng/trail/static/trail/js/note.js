// Signed notes: who has signed a checkpoint. Source: C2SP signed-note, tlog-cosignature.
const utf8 = new TextEncoder();

export const bytesOf = (base64) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
export const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
export const text = (said) => utf8.encode(said);

export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

// A public key ("vkey"): name, the id that stands before its signatures, kind 1 (log) or 4 (witness).
export async function publicKey(vkey) {
  const [name, , ...rest] = vkey.trim().split("+");
  const raw = bytesOf(rest.join("+"));
  const id = hex((await sha256(text(`${name}\n`), raw)).slice(0, 4));
  return { name, id, kind: raw[0], raw: raw.slice(1) };
}

export function checkpointOf(note) {
  const cut = note.lastIndexOf("\n\n");
  const said = note.slice(0, cut + 1);
  const [origin, size, root, rest] = said.split("\n");
  if (cut < 0 || rest !== "" || !/^(0|[1-9]\d*)$/.test(size)) throw new Error("no_receipt");
  const lines = note.slice(cut + 2).split("\n").filter(Boolean).map((line) => {
    const [dash, name, signature] = line.split(" ");
    if (dash !== "—" || !signature) throw new Error("no_receipt");
    return { name, signature: bytesOf(signature) };
  });
  return { text: said, origin, size: Number(size), root: bytesOf(root), lines };
}

// Tell which of the keys have signed. Throws "no_ed25519" where the browser cannot check it.
export async function signersOf(checkpoint, keys) {
  const found = [];
  for (const { name, signature } of checkpoint.lines) {
    const key = keys.find((one) => one.name === name && one.id === hex(signature.slice(0, 4)));
    if (!key) continue;
    if (!(await isSigned(key, checkpoint.text, signature.slice(4)))) throw new Error("bad_signature");
    found.push(key);
  }
  return found;
}

async function isSigned(key, said, signature) {
  let message = text(said);
  let bare = signature;
  if (key.kind === 4) {
    const time = new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0);
    message = text(`cosignature/v1\ntime ${time}\n${said}`);
    bare = signature.slice(8);
  }
  try {
    const imported = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, bare, message);
  } catch {
    throw new Error("no_ed25519");
  }
}
