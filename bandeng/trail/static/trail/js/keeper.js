// What a witness's browser keeps: its key, which cannot be taken out, and what it signed last.
const STORE = "witness";

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("bandeng-witness", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function kept(name) {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const request = database.transaction(STORE).objectStore(STORE).get(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Resolves when it is on the disk: a signature must not leave before.
export async function keep(name, value) {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const change = database.transaction(STORE, "readwrite", { durability: "strict" });
    change.objectStore(STORE).put(value, name);
    change.oncomplete = () => resolve();
    change.onerror = () => reject(change.error);
  });
}
