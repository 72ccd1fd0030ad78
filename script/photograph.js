// Makes a photograph small before it travels: at most 2,048 pixels, upright, without place and time in it, since a canvas
// keeps nothing but pixels. One at a time: a cheap phone has memory for one picture of twelve megapixels.

const LONGEST_SIDE = 2048;
const QUALITY = 0.82;
const THUMBNAIL_SIDE = 320;
// Judged on a picture of this size, so that the measures mean the same for every camera.
const JUDGED_SIDE = 200;
const DARK_BELOW = 48;
const BLURRED_BELOW = 22;
// Two pixels side by side, and a note that says: turn it to see it upright. Then they stand one above the other.
const LYING =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI//////////////' +
  '//////////////////////////////////////wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z';

// { blob, thumbnail, hint } of a file: `hint` is 'dark', 'blurred' or ''. Fails with 'heic' or 'unreadable'.
export async function shrink(file) {
  if (file.type === 'application/pdf') return { blob: file, thumbnail: null, hint: '' };
  const picture = await decoded(file);
  const bitmap = await sized(file, picture);
  const canvas = drawn(bitmap || picture, LONGEST_SIDE, 0);
  if (bitmap) bitmap.close();
  letGo(picture);
  const small = drawn(canvas, THUMBNAIL_SIDE, 0);
  const thumbnail = await asJpeg(small);
  free(small);
  const hint = judge(drawn(canvas, JUDGED_SIDE, 0));
  // Webviews before Chromium 81 do not turn pictures upright: the server does it for them.
  const upright = CSS.supports('image-orientation', 'from-image');
  const blob = upright ? await asJpeg(canvas) : file;
  free(canvas);
  return { blob, thumbnail, hint };
}

// The same picture turned by a quarter, to the right.
export async function turned(blob) {
  const picture = await decoded(blob);
  const canvas = drawn(picture, LONGEST_SIDE, 1);
  letGo(picture);
  const turnedBlob = await asJpeg(canvas);
  free(canvas);
  return turnedBlob;
}

function decoded(file) {
  return new Promise((resolve, reject) => {
    const url = URL.createObjectURL(file);
    const picture = new Image();
    picture.onload = () => {
      URL.revokeObjectURL(url);
      resolve(picture);
    };
    picture.onerror = () => {
      URL.revokeObjectURL(url);
      reject(new Error(/\.hei[cf]$/i.test(file.name || '') ? 'heic' : 'unreadable'));
    };
    picture.src = url;
  });
}

// The picture in the size that is wanted, so that no canvas ever holds its twelve megapixels; nothing where the browser cannot.
async function sized(file, { naturalWidth: width, naturalHeight: height }) {
  if (Math.max(width, height) <= LONGEST_SIDE || !(await (turns = turns || turnsBitmaps()))) return undefined;
  const scale = LONGEST_SIDE / Math.max(width, height);
  const size = { resizeWidth: Math.round(width * scale), resizeHeight: Math.round(height * scale), resizeQuality: 'high' };
  return createImageBitmap(file, size).catch(() => undefined);
}

// Whether bitmaps are turned upright and sized: older browsers do only one of the two, or neither.
let turns;
async function turnsBitmaps() {
  try {
    const bytes = Uint8Array.from(atob(LYING), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }), { resizeHeight: 4 });
    return bitmap.width === 2 && bitmap.height === 4;
  } catch (_) {
    return false;
  }
}

function drawn(source, longest, quarters) {
  const [width, height] = [source.naturalWidth || source.width, source.naturalHeight || source.height];
  const scale = Math.min(1, longest / Math.max(width, height));
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = quarters ? [down, across] : [across, down];
  const context = canvas.getContext('2d');
  if (quarters) {
    context.translate(down, 0);
    context.rotate(Math.PI / 2);
  }
  context.drawImage(source, 0, 0, across, down);
  return canvas;
}

const asJpeg = (canvas) =>
  new Promise((resolve, reject) => {
    const taken = (blob) => (blob ? resolve(blob) : reject(new Error('unreadable')));
    canvas.toBlob(taken, 'image/jpeg', QUALITY);
  });

// A decoded picture of twelve megapixels is fifty megabytes: it goes at once, not when somebody tidies up.
function letGo(picture) {
  picture.onload = picture.onerror = null;
  picture.removeAttribute('src');
}

// Gives the pixels back at once.
function free(canvas) {
  canvas.width = canvas.height = 0;
}

// Mean brightness, and the variance of the Laplacian, which is small where no edge is sharp. A hint, never a refusal.
function judge(canvas) {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const grey = new Float32Array(width * height);
  let light = 0;
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
    light += grey[at];
  }
  free(canvas);
  if (light / grey.length < DARK_BELOW) return 'dark';
  let [sum, squares, count] = [0, 0, 0];
  for (let row = 1; row < height - 1; row += 1) {
    for (let at = row * width + 1; at < (row + 1) * width - 1; at += 1) {
      const edge = 4 * grey[at] - grey[at - 1] - grey[at + 1] - grey[at - width] - grey[at + width];
      sum += edge;
      squares += edge * edge;
      count += 1;
    }
  }
  const variance = count ? squares / count - (sum / count) * (sum / count) : Infinity;
  return variance < BLURRED_BELOW ? 'blurred' : '';
}
