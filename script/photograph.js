// Makes a photograph small before it travels: at most 2,048 pixels, upright, without place and time in it, since a canvas
// keeps nothing but pixels. One at a time: a cheap phone has memory for one picture of twelve megapixels.

const LONGEST_SIDE = 2048;
const QUALITY = 0.82;
const THUMBNAIL_SIDE = 320;
// Judged on a picture of this size, so that the measures mean the same for every camera.
const JUDGED_SIDE = 200;
const DARK_BELOW = 48;
const BLURRED_BELOW = 22;

// { blob, thumbnail, hint } of a file: `hint` is 'dark', 'blurred' or ''. Fails with 'heic' or 'unreadable'.
export async function shrink(file) {
  if (file.type === 'application/pdf') return { blob: file, thumbnail: null, hint: '' };
  const picture = await decoded(file);
  const canvas = drawn(picture, LONGEST_SIDE, 0);
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
