// When htmx is refused, open the address itself: its page says what happened and what to do.
// When there is no connection, say so above the content.
export function showTrouble(root) {
  root.addEventListener("htmx:responseError", (event) => {
    if (event.detail.requestConfig.verb === "get") location.assign(event.detail.pathInfo.finalRequestPath);
  });
  root.addEventListener("htmx:sendError", () => {
    const main = root.getElementById("main");
    main.querySelector(":scope > [data-unsent]")?.remove();
    const words = root.getElementById("unsent").content.firstElementChild.cloneNode(true);
    words.dataset.unsent = "";
    main.prepend(words);
  });
}
