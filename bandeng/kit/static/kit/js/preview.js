// A file field with data-preview shows the chosen pictures below it, before they are sent.
export function previewPhotos(root) {
  root.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches("input[type=file][data-preview]")) return;
    field.parentElement.querySelector("ul[data-chosen]")?.remove();
    const pictures = [...field.files].filter((file) => file.type.startsWith("image/"));
    if (pictures.length) field.after(listOf(pictures));
  });
}

function listOf(pictures) {
  const list = document.createElement("ul");
  list.className = "photos";
  list.dataset.chosen = "";
  for (const file of pictures) {
    const picture = document.createElement("img");
    picture.alt = file.name;
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    const item = document.createElement("li");
    item.append(picture);
    list.append(item);
  }
  return list;
}
