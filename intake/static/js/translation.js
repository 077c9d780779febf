/* Messages of scripts in the language of the page. English pages have no translations, and show the messages as they are.
   `data-words` of the body is {message: translation, or its plural forms in the order of the catalogue}. */
const FORMS = { one: 0, few: 1, many: 2 };
let words = null;

/** Returns a message in the language of the page. `values` fill in its {placeholders}. */
export function t(message, values = {}) {
  return filled(found()[message] ?? message, values);
}

/** Returns a message in the form for a number, which is the placeholder {num}. */
export function tn(one, several, number, values = {}) {
  const forms = found()[one] ?? [one, several];
  const { lang } = document.documentElement;
  const form = FORMS[new Intl.PluralRules(lang).select(number)] ?? forms.length;
  return filled(forms[Math.min(form, forms.length - 1)], { num: number.toLocaleString(lang), ...values });
}

function found() {
  words ??= JSON.parse(document.body.dataset.words ?? "{}");
  return words;
}

function filled(message, values) {
  return message.replace(/\{(\w+)\}/gu, (whole, name) => String(values[name] ?? whole));
}
