/** Says how far it is, on one line of a terminal, or on a line each in a log. @returns how to say the next thing */
export function progressOn(stream) {
  const began = performance.now();
  return (text) => {
    const line = `${String(Math.round((performance.now() - began) / 1000)).padStart(4)} s  ${text}`;
    stream.write(stream.isTTY ? `\r\x1b[2K${line.slice(0, stream.columns - 1)}` : `${line}\n`);
  };
}
