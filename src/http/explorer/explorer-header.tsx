import type { Eyes } from './eyes.js';

interface Choice {
  /** Called with the token to send from now on; null for none. */
  onToken(token: string | null): void;
}

function EyesChoice({ eyes, onToken }: Choice & { eyes: Eyes[] }) {
  return (
    <label>
      Look through the eyes of
      <select autoComplete="off" onChange={(event) => onToken(event.target.value || null)}>
        {eyes.map(({ label, token }) => (
          <option key={label} value={token}>
            {label}
          </option>
        ))}
        <option value="">Nobody (no token)</option>
      </select>
    </label>
  );
}

function TokenField({ onToken }: Choice) {
  return (
    <label>
      Token
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder="paste what `npm run --silent token` prints"
        onChange={(event) => onToken(event.target.value.replace(/^\s*Bearer\s/i, '').trim() || null)}
      />
    </label>
  );
}

/** Names the page, and lets one choose as whom to ask: of the eyes, if there are any, else by a token. */
export function ExplorerHeader({ eyes, onToken }: Choice & { eyes: Eyes[] }) {
  return (
    <header className="explorer-header">
      <h1>career-conversations explorer</h1>
      {eyes.length > 0 ? <EyesChoice eyes={eyes} onToken={onToken} /> : <TokenField onToken={onToken} />}
    </header>
  );
}
