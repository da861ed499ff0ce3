// What every page does when JavaScript runs; without it every form and link works as it is.
import { confirmDangerous } from "./confirm.js";
import { submitOnce } from "./once.js";
import { previewPhotos } from "./preview.js";
import { showTrouble } from "./trouble.js";

document.querySelector("[data-focus]")?.focus();
if (matchMedia("(min-width: 48rem)").matches) {
  document.querySelectorAll("details[data-open-wide]").forEach((box) => (box.open = true));
}
confirmDangerous(document);
submitOnce(document);
previewPhotos(document);
showTrouble(document);
