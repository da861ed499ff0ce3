// A receipt: one leaf of the log and what proves it. Source: C2SP tlog-proof; RFC 9162, 2.1.3.2.
import { bytesOf, checkpointOf, hex, joined, sha256, signersOf, text } from "./note.js";

export function parseReceipt(said) {
  const cut = said.indexOf("\n\n");
  const [version, extra, index, ...path] = said.slice(0, cut).split("\n");
  const isOne = version === "c2sp.org/tlog-proof@v1" && /^index \d+$/.test(index ?? "");
  if (cut < 0 || !isOne || !extra.startsWith("extra ")) throw new Error("no_receipt");
  const told = JSON.parse(new TextDecoder().decode(bytesOf(extra.slice(6))));
  return {
    ...told,
    index: Number(index.slice(6)),
    path: path.map(bytesOf),
    checkpoint: checkpointOf(said.slice(cut + 2)),
  };
}

const node = (left, right) => sha256(Uint8Array.of(1), left, right);

export async function isIncluded({ leaf, index, path, checkpoint }) {
  let [at, last] = [index, checkpoint.size - 1];
  let found = await sha256(Uint8Array.of(0), text(leaf));
  for (const beside of path) {
    if (last <= 0) return false;
    if (at % 2 || at === last) {
      found = await node(beside, found);
      while (at && at % 2 === 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      found = await node(found, beside);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return index < checkpoint.size && last === 0 && hex(found) === hex(checkpoint.root);
}

async function isOpened({ leaf, salt, private: kept }) {
  const bytes = Uint8Array.from(salt.match(/../g) ?? [], (one) => parseInt(one, 16));
  return leaf.includes(hex(await sha256(joined(bytes, text(kept)))));
}

function payment(leaf) {
  const told = JSON.parse(leaf);
  if (!("amount" in told)) return null;
  const yuan = (told.amount / 100).toLocaleString("zh-CN", { minimumFractionDigits: 2 });
  return { key: "payment", ok: true, number: told.number, on: told.at.slice(0, 10), yuan };
}

// Give the checks in their order: {key, ok, …facts of the sentence}.
export async function checksOf(said, logKeys, witnessKeys) {
  const receipt = parseReceipt(said);
  const { size, origin } = receipt.checkpoint;
  const included = await isIncluded(receipt);
  const found = [payment(receipt.leaf) ?? { key: "entry", ok: true, leaf: receipt.leaf }];
  found.push({ key: included ? "included" : "not_included", ok: included, index: receipt.index });
  if (receipt.salt) {
    const ok = await isOpened(receipt);
    found.push({ key: ok ? "opened" : "not_opened", ok, private: receipt.private });
  }
  try {
    const signers = await signersOf(receipt.checkpoint, [...logKeys, ...witnessKeys]);
    const ours = signers.some((key) => key.kind === 1 && key.name === origin);
    const seen = signers.filter((key) => key.kind === 4).length;
    found.push({ key: ours ? "signed" : "unknown", ok: ours, size, origin });
    found.push({ key: "witnessed", ok: true, seen, all: witnessKeys.length });
  } catch (error) {
    found.push({ key: error.message, ok: false, origin });
  }
  return found;
}
