import { RequestRefusal } from './request-refusal.js';

/** Deeper than variables may be nested, with what stands around them. */
const MAXIMUM_DEPTH = 60;

/** More than all inputs together have: making objects of ever new keys is what takes longest. */
const MAXIMUM_KEYS = 1_000;

/** Keys that are longer are taken for one: there cannot be many of them. */
const LONGEST_KEY = 200;

/** Below this length nothing can be too much work. */
const HARMLESS_LENGTH = 10_000;

const [QUOTE, COMMA, COLON] = [0x22, 0x2c, 0x3a];
const [OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [0x5b, 0x7b, 0x5d, 0x7d];

/** The place of the quotation mark that ends the text which begins there. */
function endOfText(json: string, start: number): number {
  for (let place = json.indexOf('"', start + 1); place >= 0; place = json.indexOf('"', place + 1)) {
    let before = place;
    while (json[before - 1] === '\\') before--;
    if ((place - before) % 2 === 0) return place; // an odd backslash is for the mark itself
  }
  return json.length;
}

/**
 * Looks over a body before it is parsed, which takes long where it is made of very many small parts.
 * @param maximumParts values and keys
 * @throws RequestRefusal when it is nested too deep, or holds too much
 */
export function checkJsonBounds(json: string, maximumParts: number): void {
  if (json.length < HARMLESS_LENGTH) return;
  let depth = 0;
  let parts = 0;
  let text = '';
  const keys = new Set<string>();
  for (let place = 0; place < json.length; place++) {
    const code = json.charCodeAt(place);
    if (code === QUOTE) {
      const end = endOfText(json, place);
      text = end - place <= LONGEST_KEY ? json.slice(place, end) : '';
      place = end;
    } else if (code === COLON) {
      parts++;
      keys.add(text);
    } else if (code === COMMA) parts++;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) depth++;
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
    if (depth > MAXIMUM_DEPTH) throw new RequestRefusal(400, `The body is nested more than ${MAXIMUM_DEPTH} deep.`);
    if (parts > maximumParts)
      throw new RequestRefusal(400, `The body holds more than ${maximumParts} values and keys.`);
    if (keys.size > MAXIMUM_KEYS)
      throw new RequestRefusal(400, `The body has more than ${MAXIMUM_KEYS} different keys.`);
  }
}
