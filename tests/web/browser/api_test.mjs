// The API against its description: /openapi.json is valid OpenAPI 3.1, answers are what it says, and
// feeds are Atom by xmllint and a grammar after RFC 4287.
//
//   node api_test.mjs URL     against a running server
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv/dist/2020.js';

const [base] = process.argv.slice(2);
let failed = 0;
async function test(name, body) {
  try {
    await body();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
const json = async (path) => (await fetch(base + path)).json();
const description = await json('/openapi.json');

await test('openapi.json is valid', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(description));
  assert.ok(valid, JSON.stringify(errors, null, 1));
});

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(description, 'api');
for (const [path, schema] of [['/search.json?q=fonds', 'Answer'], ['/search.json?q=fonds&org=OpenAI&-event=panne&why=x', 'Answer'],
  ['/search.json?q=xyzzy', 'Answer'], ['/facets/org.json', 'Counts'], ['/facets/date.json', 'Counts'], ['/facets/amount.json?q=IA', 'Counts'],
  ['/search.json?date=hier', 'Problem'], ['/nowhere.json', 'Problem'], ['/facets/text.json', 'Problem']]) {
  await test(`${path} is a ${schema}`, async () => {
    const validate = ajv.compile({ $ref: `api#/components/schemas/${schema}` });
    assert.ok(validate(await json(path)), JSON.stringify(validate.errors, null, 1));
  });
}

await test('every described path answers', async () => {
  const { hits } = await json('/search.json?limit=1');
  const places = { '{counted}': 'org', '{facet}': 'org', '{value}': 'OpenAI', '{id}': hits[0].id.split('/').map(encodeURIComponent).join('/') };
  for (const [path, { get }] of Object.entries(description.paths)) {
    const reply = await fetch(base + path.replace(/\{\w+\}/g, (name) => places[name]));
    assert.equal(reply.status, 200, path);
    const type = reply.headers.get('content-type').split(';')[0];
    assert.ok(type in get.responses['200'].content, `${path}: ${type}`);
    await reply.arrayBuffer();
  }
});

await test('every described bound is kept, and no other parameter is taken', async () => {
  const { parameters } = description.paths['/search.json'].get;
  for (const { name, schema } of parameters) {
    const status = async (value) => (await fetch(`${base}/search.json?${name}=${encodeURIComponent(value)}`)).status;
    if (schema.type === 'integer') {
      assert.equal(await status(schema.minimum - 1), 400, name);
      assert.equal(await status(schema.maximum + 1), 400, name);
      assert.equal(await status('x'), 400, name);
    }
    for (const value of schema.enum ?? []) assert.equal(await status(value), 200, `${name}=${value}`);
    if (schema.enum) assert.equal(await status('x'), 400, name);
  }
  assert.equal((await fetch(`${base}/search.json?nothing=1`)).status, 400);
});

for (const path of ['/search.atom?q=fonds', '/search.atom', '/search.atom?q=xyzzyplugh', '/search.atom?q=%3Cscript%3E%26&lang=en']) {
  await test(`${path} is Atom`, async () => {
    const input = await (await fetch(base + path)).text();
    execFileSync('xmllint', ['--noout', '--relaxng', fileURLToPath(new URL('atom.rng', import.meta.url)), '-'], { input, stdio: ['pipe', 'ignore', 'pipe'] });
    // What a grammar cannot say: ids differ, one link to the page of each entry.
    const ids = [...input.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const entry of input.split('<entry>').slice(1)) assert.equal(entry.split('rel="alternate"').length, 2);
  });
}

process.exit(failed ? 1 : 0);
