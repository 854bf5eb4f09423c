const BYTES_PER_KB = 1024;
const BYTES_PER_MB = 1_048_576;
/** From here on sizes are shown in megabytes. */
const MB_FROM_BYTES = 52_428.8;
const LEAST_SHOWN = '0.1KB';

/** Rounded to one decimal, halves to even; all trailing zeros go, as in the original: 10KB is shown as `1KB`. */
function rounded(size: number): string {
  const tenths = size * 10;
  const floor = Math.floor(tenths);
  const isHalf = tenths - floor === 0.5;
  const whole = isHalf ? floor + (floor % 2) : Math.round(tenths);
  return (whole / 10).toFixed(1).replace(/[.0]+$/, '');
}

/** A file's size for people (content 8.7). */
export function fileSizeText(bytes: number): string {
  if (bytes < BYTES_PER_KB / 20) return LEAST_SHOWN;
  return bytes < MB_FROM_BYTES ? `${rounded(bytes / BYTES_PER_KB)}KB` : `${rounded(bytes / BYTES_PER_MB)}MB`;
}
