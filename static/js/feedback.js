/* Sends the vote without leaving the page; where that fails, the form goes the ordinary way. */
for (const section of document.querySelectorAll("[data-feedback]")) {
  const form = section.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    try {
      const response = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "feedback" } });
      if (!response.ok) throw new Error(String(response.status));
      const fragment = document.createRange().createContextualFragment(await response.text());
      form.replaceWith(fragment);
      section.querySelector("[role=status]").focus();
    } catch {
      const choice = document.createElement("input");
      choice.type = "hidden";
      choice.name = "satisfied";
      choice.value = event.submitter.value;
      form.append(choice);
      form.submit();
    }
  });
}
