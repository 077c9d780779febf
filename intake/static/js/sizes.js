/* Checks the sizes of photos before sending. Reads neither names nor contents. */
const MB = 1024 * 1024;

/** Rounds up, so that a photo just over the limit is not shown as the limit. */
function megabytes(bytes) {
  return (Math.ceil((bytes / MB) * 10) / 10).toLocaleString(document.documentElement.lang);
}

export function watchSizes(rows) {
  const inputs = [...rows.querySelectorAll("input[type=file]")];
  const judge = () => {
    const together = judgeTogether(inputs, rows);
    inputs.forEach((input) => judgeOne(input, rows.dataset, together));
  };
  inputs.forEach((input) => input.addEventListener("change", judge));
}

/** Blocks sending while a photo is too large, because uploads can take an hour. */
function judgeOne(input, { photoMb, size, tooBig }, together) {
  const bytes = sizeOf(input);
  const wrong = bytes > Number(photoMb) * MB;
  const place = input.parentElement.querySelector("[data-photo-size]");
  place.textContent = bytes ? (wrong ? tooBig : size).replace("{size}", megabytes(bytes)) : "";
  place.classList.toggle("photo-row__size--wrong", wrong);
  input.setCustomValidity(wrong ? place.textContent : bytes ? together : "");
}

/** Returns the problem of all photos together, or an empty string. */
function judgeTogether(inputs, rows) {
  const bytes = inputs.reduce((sum, input) => sum + sizeOf(input), 0);
  const wrong = bytes > Number(rows.dataset.requestMb) * MB;
  const place = rows.querySelector("[data-photo-total]");
  place.textContent = wrong ? rows.dataset.togetherTooBig.replace("{size}", megabytes(bytes)) : "";
  return place.textContent;
}

function sizeOf(input) {
  return input.files.length ? input.files[0].size : 0;
}
