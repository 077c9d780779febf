/* A CSRF token belongs to a session. After a new login, the forms of an open page need a new token. */

/** Updates the token of all forms. Returns whether an editor is logged in. */
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
