// Indexes the corpus, serves it on a free port and runs api_test.mjs and browser_test.mjs against it.
//
//   node run.mjs DEPECHE CORPUS [FOLDER FOR SCREENSHOTS]
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [depeche, corpus, shots] = process.argv.slice(2);
if (!existsSync(join(here, 'node_modules', 'playwright-core'))) {
  console.error('the browser tests need their packages: run `npm ci` in tests/web/browser');
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'depeche-browser-'));
const index = join(folder, 'index');
execFileSync(depeche, ['--db', index, 'index', '--quiet', corpus], { stdio: 'inherit' });
const server = spawn(depeche, ['--db', index, 'serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const url = await new Promise((resolve, reject) => {
  server.stdout.once('data', (line) => resolve(String(line).trim()));
  server.once('exit', () => reject(new Error('the server did not start')));
});
const run = (script, ...rest) => spawnSync(process.execPath, [join(here, script), url, ...rest], { stdio: 'inherit' }).status ?? 1;
const status = run('api_test.mjs') || run('browser_test.mjs', ...(shots ? [shots] : []));
server.kill();
rmSync(folder, { recursive: true });
process.exit(status);
