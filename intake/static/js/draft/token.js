/* The token that guards the forms of a page is of a session; after another login, the page's forms need another. */

/** Whether somebody is logged in; then all forms of the page have the token of now. */
export async function renewToken(url) {
  try {
    const answer = await fetch(url, { cache: "no-store", redirect: "manual" });
    if (!answer.ok) return false;
    const { csrf_token: token } = await answer.json();
    document.querySelectorAll("input[name=csrf_token]").forEach((field) => { field.value = token; });
    return true;
  } catch {
    return false;
  }
}
