// A trembling thumb taps twice: the second half does nothing, whatever stands in its place by then, such as the button that
// removes the next row. Fetched by boot.js once the program runs.

const TREMBLE_MS = 350;
const NEAR_PIXELS = 24;
// What leads on or takes something away. Others may be pressed as fast as anybody likes.
const GUARDED = '[data-main], [data-look=danger]';

const NEVER = { timeStamp: -TREMBLE_MS, clientX: 0, clientY: 0 };

let last = NEVER;

function isSecondHalf({ timeStamp, clientX, clientY }) {
  const isNear = Math.hypot(clientX - last.clientX, clientY - last.clientY) < NEAR_PIXELS;
  return isNear && timeStamp - last.timeStamp < TREMBLE_MS;
}

function hear(event) {
  // The keyboard's click has no place, and its hand is another matter.
  if (event.detail === 0) return;
  if (isSecondHalf(event) && event.target.closest(GUARDED)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else {
    last = event;
  }
}

addEventListener('click', hear, true);
// Whoever has typed in between means it.
addEventListener('input', () => (last = NEVER), true);
