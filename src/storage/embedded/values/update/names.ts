/** The identifier of a path part `$[identifier]`, '' for `$[]`, undefined for any other part. */
export function identifierOf(name: string): string | undefined {
  return name.startsWith('$[') && name.endsWith(']') ? name.slice(2, -1) : undefined;
}

/** The order in which MongoDB works on fields: letter by letter, but runs of digits by their value and after other letters. */
export function compareFieldNames(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(j);
    const digitX = isDigit(x);
    const digitY = isDigit(y);
    if (digitX && digitY) {
      const runX = digitsAt(a, i);
      const runY = digitsAt(b, j);
      const order = compareDigits(runX, runY);
      if (order !== 0) return order;
      i += runX.length;
      j += runY.length;
      continue;
    }
    if (digitX !== digitY) return digitX ? 1 : -1;
    if (x !== y) return x - y;
    i++;
    j++;
  }
  return a.length - i - (b.length - j) || (a < b ? -1 : a > b ? 1 : 0);
}

const isDigit = (unit: number) => unit >= 48 && unit <= 57;

function digitsAt(text: string, start: number): string {
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return text.slice(start, end);
}

function compareDigits(a: string, b: string): number {
  const x = a.replace(/^0+/, '');
  const y = b.replace(/^0+/, '');
  if (x.length !== y.length) return x.length - y.length;
  return x < y ? -1 : x > y ? 1 : 0;
}
