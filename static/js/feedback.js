/* Sends the vote without leaving the page; where that fails, the form goes the ordinary way. */
for (const section of document.querySelectorAll("[data-feedback]")) {
  const form = section.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const choice = event.submitter;
    const body = new FormData(form, choice);
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    let response;
    try {
      response = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "feedback" } });
    } catch {
      /* The line broke: whether the vote arrived is unknown, so the visitor decides whether to vote again. */
      for (const button of buttons) button.disabled = false;
      return;
    }
    if (response.ok) {
      form.replaceWith(document.createRange().createContextualFragment(await response.text()));
      section.querySelector("[role=status]").focus();
    } else {
      /* Refused, and so not stored: sent the ordinary way, the page of the refusal is shown. */
      for (const button of buttons) button.disabled = false;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "satisfied", value: choice.value });
      form.append(field);
      form.submit();
    }
  });
}
