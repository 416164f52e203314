import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Puts the service and its packages into one file: to find and read 1,400 of them takes most of a start. What `tsc` made stays
 * beside it for everything that is not the service. See docs/adr/0018.
 */

const folder = path.join(import.meta.dirname, '..', 'dist', 'src');
const main = path.join(folder, 'main.js');

/** What is there, but only asked for by what nobody uses here. */
const NOT_USED = ['class-validator', '@apollo/usage-reporting-protobuf'];

/** Drivers of databases that nobody uses here: TypeORM asks for them when somebody does. */
const NOT_INSTALLED = [
  ...['@google-cloud/*', '@sap/*', 'better-sqlite3', 'expo-sqlite', 'hdb-pool', 'ioredis', 'mongodb', 'mssql'],
  ...['mysql', 'mysql2', 'oracledb', 'pg-native', 'pg-query-stream', 'react-native-sqlite-storage', 'redis', 'sql.js'],
  ...['sqlite3', 'typeorm-aurora-data-api-driver'],
];

/** What files of CommonJS expect to be there. */
const COMMON_JS = `import { createRequire as requireOfBundle } from 'node:module';
const require = requireOfBundle(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;

/** In a bundle Apollo does not find out that it runs on Node, and brings a SHA-256 of its own, which is slower. */
const hashByNode = {
  name: 'hash-by-node',
  setup({ onLoad }) {
    const contents = `exports.createHash = require('node:crypto').createHash;`;
    onLoad({ filter: /@apollo\/utils\.createhash\/dist\/index\.js$/ }, () => ({ contents }));
  },
};

/** Written aside and then put in place: nobody starts half a service, and two builds at once do not mix. */
function put(file, content) {
  const aside = `${file}.${process.pid}`;
  fs.writeFileSync(aside, content);
  fs.renameSync(aside, file);
}

/**
 * Functions keep their names as they do classes, each time that one is made. Only those that can be classes need them, and only where
 * the bundle has called them something else.
 */
function nameClassesOnly(code) {
  const everything = '__name=(target,value)=>__defProp(target,"name",{value,configurable:!0})';
  if (!code.includes(everything)) throw new Error('esbuild gives names in another way: look at keepNames.');
  const classes = '__name=(target,value)=>target.prototype===void 0||target.name===value?target:';
  return code.replace(everything, `${classes}__defProp(target,"name",{value,configurable:!0})`);
}

const { outputFiles } = await build({
  write: false,
  entryPoints: [main],
  outfile: path.join(folder, 'main.bundle.js'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // As Node resolves: by another field there would be two of graphql, which do not know each other's types.
  mainFields: ['main'],
  keepNames: true, // errors are logged by the names of their classes
  plugins: [hashByNode],
  // TypeORM asks for pg by its name while it runs: there must not be two of it, of which errors are told apart.
  external: ['pg', ...NOT_USED, ...NOT_INSTALLED],
  minifySyntax: true,
  minifyWhitespace: true,
  banner: { js: COMMON_JS },
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
});

for (const { path: file, text } of outputFiles) put(file, file.endsWith('.js') ? nameClassesOnly(text) : text);

// Newer versions of Node keep what they compiled, where there is a folder to write to.
put(
  main,
  `import module from 'node:module';
module.enableCompileCache?.();
await import('./main.bundle.js');
`,
);
fs.rmSync(`${main}.map`, { force: true });
