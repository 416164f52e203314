import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  worker: { format: 'es' },
  // GraphiQL makes the titles of its icons out of the names of its components.
  esbuild: { keepNames: true },
  build: {
    target: 'es2022',
    // The editor is large, and comes from this machine: a warning about it would help nobody.
    chunkSizeWarningLimit: 10_000,
    rollupOptions: {
      onwarn(warning, warn) {
        // Hundreds of "use client" in React packages, which mean nothing in a page without a server side.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
