const LENGTH = 110;

const shorten = (text) => text.replaceAll(/\s+/g, ' ').trim().slice(0, LENGTH);

/** What the service has sent in a phase, for who looks for what has become of it. */
export function describePhase({ statements, largeTables }) {
  const sent = statements.filter(({ isSent }) => isSent);
  const nested = statements.filter(({ isSent, plans }) => !isSent && plans > 0);
  return [
    '  calls  plans  buffers  statement',
    ...[...sent, ...nested].map(({ calls, plans, buffers, text, isSent }) => {
      const numbers = [String(calls).padStart(7), String(plans).padStart(7), String(buffers).padStart(9)].join('');
      return `${numbers}  ${isSent ? '' : 'within another: '}${shorten(text)}`;
    }),
    ...largeTables.map((table) => `  The table ${table} is read from end to end.`),
  ].join('\n');
}
