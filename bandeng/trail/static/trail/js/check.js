// The page that checks a receipt: a file that is chosen or dropped never leaves the browser.
// Sentences stand in the page, one element with data-word each; {name} takes a fact.
import { publicKey } from "./note.js";
import { checksOf } from "./receipt.js";

const LONGEST = 1_000_000; // bytes; a receipt has about 2,000

export function startChecking(root) {
  const box = root.querySelector("[data-check]");
  if (!box) return;
  const input = box.querySelector("input[type=file]");
  input.addEventListener("change", () => input.files.length && check(root, input.files[0]));
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) check(root, event.dataTransfer.files[0]);
  });
}

function keysIn(root, name) {
  const spelt = [...root.querySelectorAll(`[${name}]`)].map((one) => one.getAttribute(name));
  return Promise.all(spelt.map(publicKey));
}

async function check(root, file) {
  const result = root.querySelector("[data-result]");
  result.replaceChildren();
  result.append(...(await checks(root, file)).map((one) => line(root, one)));
  const ok = ![...result.children].some((one) => one.dataset.ok === "no");
  result.prepend(line(root, { key: ok ? "all_good" : "not_good", ok, name: file.name }, "h2"));
}

async function checks(root, file) {
  if (!globalThis.crypto?.subtle) return [{ key: "no_crypto", ok: false }];
  if (file.size > LONGEST) return [{ key: "no_receipt", ok: false }];
  try {
    const keys = await Promise.all([keysIn(root, "data-log-key"), keysIn(root, "data-witness-key")]);
    return await checksOf(await file.text(), ...keys);
  } catch {
    return [{ key: "no_receipt", ok: false }];
  }
}

function line(root, { key, ok, ...facts }, name = "p") {
  const words = root.querySelector("[data-words]").content.querySelector(`[data-word=${key}]`);
  const shown = root.createElement(name);
  shown.className = `message ${ok ? "success" : "error"}`;
  shown.dataset.ok = ok ? "yes" : "no";
  const said = words.textContent.replace(/\{(\w+)\}/g, (all, fact) => facts[fact] ?? all);
  shown.textContent = `${ok ? "✓" : "✗"} ${said}`;
  return shown;
}

startChecking(document);
