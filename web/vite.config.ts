import { defineConfig } from 'vite'

// Nothing is inlined: the page runs under `Content-Security-Policy: default-src 'self'`, which forbids inline scripts, styles and data: URLs.
export default defineConfig({
  base: './',
  build: {
    outDir: process.env.CASUS_WEB_OUT ?? '../build/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': process.env.CASUS_SERVER ?? 'http://127.0.0.1:8017' } },
})
