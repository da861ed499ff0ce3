// The page on which a supervising party cosigns: look what changed, then one tap.
import { hasOnlyGrown, hashesIn } from "./growth.js";
import { keep, kept } from "./keeper.js";
import { checkpointOf, hex, joined, publicKey, sha256, signersOf, text } from "./note.js";

const ED25519 = { name: "Ed25519" };
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const part = (name) => document.querySelector(`[data-${name}]`);
const keysIn = (name) => [...document.querySelectorAll(`[data-${name}-key]`)].map((one) => one.dataset[`${name}Key`]);

function tell(key, ok, facts = {}) {
  const words = part("words").content.querySelector(`[data-word=${key}]`).textContent;
  const shown = document.createElement("p");
  shown.className = `message ${ok ? "success" : "error"}`;
  shown.dataset.ok = ok ? "yes" : "no";
  shown.textContent = words.replace(/\{(\w+)\}/g, (all, fact) => facts[fact] ?? all);
  part("result").replaceChildren(shown);
}

async function newKey(name) {
  const pair = await crypto.subtle.generateKey(ED25519, false, ["sign", "verify"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const spelt = joined(Uint8Array.of(4), raw);
  const id = (await sha256(text(`${name}\n`), spelt)).slice(0, 4);
  const vkey = `${name}+${hex(id)}+${base64(spelt)}`;
  await keep("key", { name, id, vkey, privateKey: pair.privateKey });
}

async function signature(key, said) {
  const time = Math.floor(Date.now() / 1000);
  const stamp = new Uint8Array(8);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  const message = text(`cosignature/v1\ntime ${time}\n${said}`);
  const signed = new Uint8Array(await crypto.subtle.sign(ED25519, key.privateKey, message));
  return `— ${key.name} ${base64(joined(key.id, stamp, signed))}\n`;
}

async function get(address) {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new Error("unreachable");
  return answer.text();
}

// What the log says now, if it has only grown since this browser signed last.
async function look() {
  const last = (await kept("last")) ?? { size: 0, root: "", logKeys: keysIn("log") };
  const said = checkpointOf(await get("/log/checkpoint"));
  const trusted = await Promise.all(last.logKeys.map(publicKey));
  const ours = (await signersOf(said, trusted)).some((key) => key.kind === 1);
  if (!ours || said.origin !== (last.origin ?? said.origin)) throw new Error("other_log");
  const now = { size: said.size, root: hex(said.root), origin: said.origin, logKeys: last.logKeys };
  if (now.size < last.size) throw new Error("smaller");
  const path = now.size > last.size && last.size ? hashesIn(await get(`/log/growth/${last.size}/${now.size}`)) : [];
  if (!(await hasOnlyGrown(last, now, path))) throw new Error("rewritten");
  return { said, last, now };
}

async function cosign() {
  const { said, now } = await look();
  await keep("last", now);
  const note = `${said.text}\n${await signature(await kept("key"), said.text)}`;
  const answer = await fetch("/log/cosignature", { method: "POST", body: note, headers: { "Content-Type": "text/plain" } });
  if (!answer.ok) throw new Error("not_taken");
  tell("signed", true, now);
}

async function attempt(work) {
  try {
    await work();
  } catch (error) {
    const known = part("words").content.querySelector(`[data-word="${error.message}"]`);
    tell(known ? error.message : "unreachable", false);
  }
}

async function show() {
  const key = await kept("key");
  part("make").hidden = Boolean(key);
  part("mine").hidden = !key;
  if (!key) return;
  part("vkey").textContent = key.vkey;
  part("unregistered").hidden = keysIn("witness").includes(key.vkey);
  await attempt(async () => {
    const { last, now } = await look();
    tell(now.size > last.size ? "grown" : "unchanged", true, { ...now, more: now.size - last.size });
  });
}

part("make").addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = new FormData(event.target).get("name").trim().toLowerCase();
  if (!/^[a-z0-9][a-z0-9.-]{0,40}$/.test(name)) return tell("bad_name", false);
  await attempt(() => newKey(`${location.host}/witness/${name}`));
  return show();
});
part("sign").addEventListener("click", () => attempt(cosign));
if (globalThis.crypto?.subtle) attempt(show);
else tell("no_crypto", false);
