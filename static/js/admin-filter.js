// Sends a list's filter form as soon as a row was chosen in it. Select2 announces its choice through jQuery only.
django.jQuery(document).on("change", "[data-submit-on-choice] select", (event) => event.target.form.submit());
