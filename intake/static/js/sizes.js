/* Says before sending whether the photos fit. Looks at sizes alone: never at names, never at the pictures. */
const MB = 1024 * 1024;

/** Rounded up, so that a photo just past the limit does not read as one that fits. */
function megabytes(bytes) {
  return (Math.ceil((bytes / MB) * 10) / 10).toLocaleString(document.documentElement.lang);
}

export function watchSizes(rows) {
  const inputs = [...rows.querySelectorAll("input[type=file]")];
  inputs.forEach((input) => input.addEventListener("change", () => {
    judgeOne(input, rows.dataset);
    judgeAll(inputs, rows);
  }));
}

function judgeOne(input, { photoMb, size, tooBig }) {
  const bytes = sizeOf(input);
  const wrong = bytes > Number(photoMb) * MB;
  const words = wrong ? tooBig : size;
  const place = input.parentElement.querySelector("[data-photo-size]");
  place.textContent = bytes ? words.replace("%s", megabytes(bytes)) : "";
  place.classList.toggle("photo-row__size--wrong", wrong);
  input.setCustomValidity(wrong ? place.textContent : "");
}

function judgeAll(inputs, rows) {
  const bytes = inputs.reduce((sum, input) => sum + sizeOf(input), 0);
  const wrong = bytes > Number(rows.dataset.requestMb) * MB;
  const place = rows.querySelector("[data-photo-total]");
  place.textContent = wrong ? rows.dataset.togetherTooBig.replace("%s", megabytes(bytes)) : "";
  place.classList.toggle("photo-rows__total--wrong", wrong);
}

function sizeOf(input) {
  return input.files.length ? input.files[0].size : 0;
}
