// A form or button with data-confirm="question" asks in a dialog first. The two answers are
// the texts of the page's <template id="confirm-dialog">; where it is missing the form is sent.
export function confirmDangerous(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    const template = root.getElementById("confirm-dialog");
    if (!question || form.dataset.confirmed || !template) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(template, question).then((yes) => {
      if (!yes) return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(event.submitter);
      delete form.dataset.confirmed;
    });
  });
}

function ask(template, question) {
  const dialog = template.content.firstElementChild.cloneNode(true);
  dialog.querySelector("[data-question]").textContent = question;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
}
