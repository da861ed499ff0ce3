// A form marked data-once is sent once, however often the button is pressed.
export function submitOnce(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.querySelectorAll("button:not([type=button])").forEach((button) => {
      button.setAttribute("aria-disabled", "true"); // not `disabled`: its name and value are sent
    });
  });
  addEventListener("pageshow", () => {
    root.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent; // the person came back by the browser's own button
      form.querySelectorAll("[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled"));
    });
  });
}
