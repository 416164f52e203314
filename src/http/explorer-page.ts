import fs from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** The page can hold tokens: it talks to this service alone, and no other page may frame it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "style-src 'self' 'unsafe-inline'", // the editor styles its lines so
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface ExplorerPage {
  /** What answers a path of the page; null when it is none. */
  find(pathname: string): ((response: ServerResponse) => void) | null;
}

/** The files of a built explorer, read once: only what is listed here can be asked for. */
export function createExplorerPage(folder: string): ExplorerPage {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = new Map(
    names
      .filter((name) => fs.statSync(path.join(folder, name)).isFile())
      .map((name) => [`/${name.split(path.sep).join('/')}`, fs.readFileSync(path.join(folder, name))]),
  );
  return {
    find(pathname) {
      const name = pathname === '/' ? '/index.html' : pathname;
      const file = files.get(name);
      if (!file) return null;
      // Names of assets carry a hash of their content, so they never change.
      const caching = name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
      const headers = {
        'content-type': type,
        'content-length': file.length,
        'cache-control': caching,
        'content-security-policy': CONTENT_SECURITY_POLICY,
      };
      return (response) => response.writeHead(200, headers).end(file);
    },
  };
}
