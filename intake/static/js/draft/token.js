/* A CSRF token belongs to a session. After a new login, the forms of an open page need a new token. */

/** Updates the token of all forms. Returns whether the person of this page is logged in. Another one gets none of its text. */
export async function renewToken(url) {
  try {
    const answer = await fetch(url, { cache: "no-store", redirect: "manual" });
    if (!answer.ok) return false;
    const { csrf_token: token, account } = await answer.json();
    if (account !== Number(document.querySelector("[data-account]").dataset.account)) return false;
    document.querySelectorAll("input[name=csrf_token]").forEach((field) => { field.value = token; });
    return true;
  } catch {
    return false;
  }
}
