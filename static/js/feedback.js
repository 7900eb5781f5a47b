/* What the visitor had searched for where a page of results led here; nothing is stored for it anywhere. */
function searched(address) {
  const from = document.referrer && new URL(document.referrer);
  if (!from || from.origin !== location.origin || from.pathname !== address) return {};
  return { searched: from.searchParams.get("q"), searched_in: from.searchParams.get("drug") };
}

function hide(form, name, value) {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
}

/* Sends the vote without leaving the page; where that fails, the form goes the ordinary way. */
for (const section of document.querySelectorAll("[data-feedback]")) {
  const form = section.querySelector("form");
  for (const [name, value] of Object.entries(searched(section.dataset.feedback))) if (value) hide(form, name, value);
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
      hide(form, "satisfied", choice.value);
      form.submit();
    }
  });
}
