/* Resumable uploads of the contributor's pages. */
export { Upload } from "tus-js-client";
