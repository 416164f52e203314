const WIDTH = 760;
const LABELS = 230;
const VALUES = 90;
const ROW = 22;
const BAR = 14;
const HEADING = 34;
const LEGEND = 30;
const BARS = WIDTH - LABELS - VALUES;

/** Readable on a light page and on a dark one; the colours are told apart by people who see few of them, too. */
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: 600 }
  .heading { font-weight: 600 }
  .part0 { fill: #0969da } .part1 { fill: #d4a72c }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .part0 { fill: #58a6ff } .part1 { fill: #e3b341 } }`;

const escapeText = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const textAt = (x, y, text, attributes = '') => `<text x="${x}" y="${y}"${attributes}>${escapeText(text)}</text>`;

function bars({ label, parts, value }, y, scale) {
  let x = LABELS;
  const rectangles = parts.map((part, place) => {
    const width = Math.max(1, part * scale);
    const rectangle = `<rect class="part${place}" x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${BAR}"/>`;
    x += width;
    return rectangle;
  });
  const base = y + BAR - 3;
  return [
    textAt(LABELS - 8, base, label, ' text-anchor="end"'),
    ...rectangles,
    textAt((x + 6).toFixed(1), base, value),
  ];
}

/**
 * Horizontal bars in groups, as SVG. Each group has a scale of its own.
 * @param legend what the parts of a bar stand for, where it has several
 * @param groups `{ heading, rows: [{ label, parts, value }] }`, parts being the lengths of the bar's pieces
 */
export function barChart({ title, legend = [], groups }) {
  const lines = [textAt(0, 18, title, ' class="title"')];
  let y = 18;
  if (legend.length > 0) {
    legend.forEach((name, place) => {
      lines.push(`<rect class="part${place}" x="${LABELS + place * 150}" y="${y + 10}" width="12" height="12"/>`);
      lines.push(textAt(LABELS + place * 150 + 18, y + 20, name));
    });
    y += LEGEND;
  }
  for (const { heading, rows } of groups) {
    y += HEADING;
    lines.push(textAt(0, y - 8, heading, ' class="heading"'));
    const longest = Math.max(...rows.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0)));
    for (const row of rows) {
      lines.push(...bars(row, y, BARS / longest));
      y += ROW;
    }
  }
  const frame = `xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" role="img"`;
  return `<svg ${frame} aria-label="${escapeText(title)}">\n<style>${STYLE}\n</style>\n${lines.join('\n')}\n</svg>\n`;
}
