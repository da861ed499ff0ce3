// Whether a log has only grown. Source: RFC 9162, 2.1.4.2 (checking a consistency proof).
import { bytesOf, hex, sha256 } from "./note.js";

const node = (left, right) => sha256(Uint8Array.of(1), left, right);
const half = (number) => Math.floor(number / 2);

// `old` and `now`: {size, root as hex}; `path`: the proof's hashes.
export async function hasOnlyGrown(old, now, path) {
  if (old.size === 0 || old.size === now.size) {
    return path.length === 0 && (old.size === 0 || old.root === now.root);
  }
  if (old.size > now.size) return false;
  const isPower = Number.isInteger(Math.log2(old.size));
  const nodes = isPower ? [unhex(old.root), ...path] : path;
  if (!nodes.length) return false;
  let [at, last] = [old.size - 1, now.size - 1];
  while (at % 2) [at, last] = [half(at), half(last)];
  let [before, after] = [nodes[0], nodes[0]];
  for (const one of nodes.slice(1)) {
    if (last === 0) return false;
    if (at % 2 || at === last) {
      [before, after] = [await node(one, before), await node(one, after)];
      while (at && at % 2 === 0) [at, last] = [half(at), half(last)];
    } else {
      after = await node(after, one);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && hex(before) === old.root && hex(after) === now.root;
}

export const hashesIn = (said) => said.split("\n").filter(Boolean).map(bytesOf);
const unhex = (said) => Uint8Array.from(said.match(/../g), (one) => parseInt(one, 16));
