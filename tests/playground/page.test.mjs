// The page in a real Chromium, against a running gateway whose HTTP port is in $SENSORIUM_HTTP. The samples are in
// $SENSORIUM_SAMPLES; pictures of the page are kept in $SENSORIUM_SCREENSHOTS for people to look at.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { chromium } from 'playwright-core';

const PAGE = process.env.SENSORIUM_HTTP;
const SAMPLES = process.env.SENSORIUM_SAMPLES;
const SHOTS = process.env.SENSORIUM_SCREENSHOTS;
const sample = (name) => path.join(SAMPLES, name);
const BUSY = { timeout: 60_000 };

let browser;
let page;
let faults;

before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
});

after(() => browser?.close());

beforeEach(async () => {
  await page?.context().close();
  page = await (await browser.newContext({ viewport: { width: 1200, height: 900 } })).newPage();
  page.setDefaultTimeout(60_000);
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
});

async function open(view, theme = 'light') {
  await page.emulateMedia({ colorScheme: theme });
  await page.goto(`${PAGE}/#${view}`);
  await page.waitForSelector('nav a[aria-current]');
}

async function shot(name) {
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true });
  assert.deepEqual(faults, []);
}

const choose = (files, nth = 0) => page.locator('input[type=file]').nth(nth).setInputFiles(files.map(sample));

// Something is drawn there, and not the same everywhere.
async function painted(selector) {
  await page.locator(selector).waitFor(BUSY);
  await page.waitForFunction((where) => {
    const canvas = document.querySelector(where);
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(data.filter((_, i) => i % 4 === 3)).size > 1;
  }, selector, BUSY);
}

test('who asks by HEAD is told that the page is there', async () => {
  const response = await fetch(PAGE, { method: 'HEAD' });
  assert.deepEqual([response.status, response.headers.get('content-type'), await response.text()], [200, 'text/html', '']);
});

test('a caption appears word by word, and a word shows what it looked at', async () => {
  await open('ask');
  await choose(['dandelion.jpg']);
  await page.click('button.main');
  await page.getByText('ended by').waitFor(BUSY);
  const words = await page.locator('.token').count();
  assert.ok(words > 3, `${words} words`);
  await page.locator('.token').nth(2).click();
  await painted('.stage canvas');
  await shot('ask');
});

test('a sound is captioned, with a curve over time for a word', async () => {
  await open('ask', 'dark');
  await choose(['clock.wav']);
  await page.click('button.main');
  await page.getByText('ended by').waitFor(BUSY);
  await page.locator('.token').last().click();
  await page.locator('canvas.curve').waitFor(BUSY);
  await shot('ask-sound-dark');
});

test('what cannot be answered is told where the answer would be', async () => {
  await open('toString');
  await page.locator('nav a[aria-current]', { hasText: 'Ask' }).waitFor(BUSY);
  await open('search');
  await page.getByRole('button', { name: 'Search' }).click();
  assert.match(await page.locator('[role=alert]').textContent(), /what to look for/i);
  await open('ask');
  await page.click('button.main');
  const error = await page.locator('[role=alert]').textContent();
  assert.match(error, /choose a picture/i);
  await choose(['subtitles.srt']);
  await page.locator('.medium [role=alert]').waitFor(BUSY);
  await shot('error');
});

test('media and words are compared', async () => {
  await open('compare');
  await choose(['dandelion.jpg', 'clock.wav']);
  await page.locator('textarea').nth(1).fill('a flower\na clock');
  await page.click('button.main');
  await page.locator('td').nth(3).waitFor(BUSY);
  assert.equal(await page.locator('td').count(), 4);
  assert.ok((await page.locator('td').allTextContents()).every((text) => Math.abs(Number(text)) <= 1));
  await shot('compare');
});

test('a picture is labelled', async () => {
  await open('label');
  await choose(['dandelion.jpg']);
  await page.locator('textarea').fill('grass\na car\na computer');
  await page.click('button.main');
  await page.locator('.bar').nth(2).waitFor(BUSY);
  const shares = (await page.locator('.bar .value').allTextContents()).map((text) => Number.parseFloat(text));
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share) - 100) < 0.5, `${shares}`);
  await page.locator('.bar .token').first().click();
  await page.locator('.stage canvas').waitFor(BUSY);
  await shot('label');
});

test('what is put into a collection is found by words and by a picture', async () => {
  await open('search');
  await choose(['dandelion.jpg', 'rain.mp3'], 0);
  await page.getByRole('button', { name: 'Put in' }).click();
  await page.getByText('2 added').waitFor(BUSY);
  await page.locator('input[placeholder="a dog on a beach"]').fill('it is raining');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.locator('.hit').nth(1).waitFor(BUSY);
  assert.match(await page.locator('.hit').first().textContent(), /rain\.mp3/);
  await page.locator('input[placeholder="a dog on a beach"]').fill('');
  await choose(['dandelion.jpg'], 1);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.locator('.hit', { hasText: 'dandelion.jpg' }).first().waitFor(BUSY);
  await page.waitForFunction(() => document.querySelector('.hit')?.textContent.includes('dandelion'));
  await shot('search');
});

test('a question about a case is answered, with what it was decided by and where that is', async () => {
  await open('decide');
  await page.getByRole('button', { name: 'Decide' }).click();
  assert.match(await page.locator('[role=alert]').textContent(), /ask a question/i);
  await choose(['dandelion.jpg', 'clock.wav']);
  await page.getByLabel('Notes').fill('a green meadow');
  await page.locator('input[placeholder="Is there a dog?"]').fill('What is it?');
  await page.locator('textarea[aria-label=Choices]').fill('a meadow\na kitchen');
  await page.getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('heading', { name: 'question:' }).waitFor(BUSY);
  assert.match(await page.getByRole('heading', { name: 'question:' }).textContent(), /meadow/);
  await page.getByRole('button', { name: 'clock.wav', exact: false }).last().click();
  await painted('canvas.curve');
  await page.getByRole('button', { name: 'notes' }).click();
  await page.locator('.words span', { hasText: 'meadow' }).waitFor(BUSY);
  await page.getByRole('button', { name: '1: dandelion.jpg', exact: true }).click();
  await painted('.stage canvas');
  await shot('decide');
});

// Cases of two pictures, which differ in the outcome.
async function teach(decider) {
  const media = await Promise.all(['dandelion.jpg', 'camera.png'].map(async (name) => (await readFile(sample(name))).toString('base64')));
  const cases = Array.from({ length: 20 }, (_, i) => ({
    case: { case: { caseId: `case-${i}`, media: [{ data: media[i % 2] }], notes: i % 3 === 0 ? 'in a meadow' : 'outside', fields: { age: { number: { value: 30 + i } } } }, outcomes: { flower: `${i % 2 === 0}` } },
  }));
  await page.goto(PAGE);
  const last = await page.evaluate(async ([module, requests]) => {
    const { stream } = await import(module);
    let answer;
    for await (answer of stream('Teach', requests));
    return answer;
  }, ['/playground/js/api.js', [{ header: { decider, questions: [{ name: 'flower', predicate: {} }] } }, ...cases]]);
  assert.ok(last.taught, JSON.stringify(last));
}

test('a decider that was taught shows what of a picture it decided by', async () => {
  await teach('flowers');
  await open('decide', 'dark');
  await choose(['dandelion.jpg']);
  await page.getByLabel('Notes').fill('in a meadow');
  await page.getByLabel('Decider', { exact: true }).fill('flowers');
  await page.getByLabel('Record').fill('age 40');
  await page.getByRole('button', { name: 'Decide' }).click();
  await page.locator('[role=alert]', { hasText: '“age 40” is no field' }).waitFor(BUSY);
  await page.getByLabel('Record').fill('age = 40\nheight = 2 m');
  await page.getByRole('button', { name: 'Decide' }).click();
  await page.getByText('Field \'height\' counts for nothing').waitFor(BUSY);
  await page.getByText('“meadow”').waitFor(BUSY);
  await page.getByRole('heading', { name: 'flower:' }).waitFor(BUSY);
  await page.getByText('how frequent it is').waitFor(BUSY);
  await page.locator('.bar').getByRole('button', { name: 'image', exact: true }).click();
  await painted('.stage canvas');
  await shot('decide-taught-dark');
});

test('a picture is drawn, and drawn over', async () => {
  await open('draw');
  await page.getByLabel('What shall be seen').first().fill('a red car');
  await page.getByLabel('Seed').fill('7');
  await page.getByRole('button', { name: 'Draw' }).click();
  const link = page.getByRole('link', { name: 'Download' });
  await link.waitFor(BUSY);
  assert.equal(await link.getAttribute('download'), 'picture-7.png');
  assert.ok(await page.locator('.made img').evaluate((image) => image.naturalWidth > 0));
  await page.getByText('Start from a picture').click();
  await choose(['dandelion.jpg']);
  await page.getByText('How much of it is changed').waitFor(BUSY);
  await page.getByLabel('Seed').fill('8');
  await page.getByRole('button', { name: 'Draw' }).click();
  await page.locator('a[download="picture-8.png"]').waitFor(BUSY);
  await shot('draw');
});

test('a picture is seen on the way and stopped, and one that cannot be says why', async () => {
  await open('draw', 'dark');
  await page.getByRole('button', { name: 'Draw' }).click();
  assert.match(await page.locator('[role=alert]').textContent(), /what shall be seen/i);
  await page.getByLabel('What shall be seen').first().fill('a red car');
  for (const [name, value] of [['Steps', '150'], ['Width', '512'], ['Height', '512']]) await page.getByLabel(name).fill(value);
  await page.getByRole('button', { name: 'Draw' }).click();
  await page.locator('.made img.preview').waitFor(BUSY);
  assert.ok(await page.locator('.made progress').evaluate((bar) => bar.value > 0 && bar.value < 150 && bar.max === 150));
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped.').waitFor(BUSY);
  await page.getByLabel('Width').fill('17');
  await page.getByRole('button', { name: 'Draw' }).click();
  await page.locator('[role=alert]', { hasText: 'width' }).waitFor(BUSY);
  assert.equal(await page.locator('.made progress').count(), 0);
  await shot('draw-error-dark');
});

test('a clip goes from words to words in the time of a sound', async () => {
  await open('draw', 'dark');
  await page.getByLabel('A clip').check();
  await page.getByLabel('one after the other').fill('a red car\na blue bird');
  await page.getByText('Keep time with a sound').click();
  await page.getByLabel('Choose a sound').setInputFiles(sample('clock.wav'));
  for (const [name, value] of [['Seconds', '2'], ['Pictures a second', '4'], ['Steps', '2'], ['Seed', '3']]) await page.getByLabel(name, { exact: true }).fill(value);
  await page.getByRole('button', { name: 'Draw' }).click();
  await page.locator('a[download="clip-3.mp4"]').waitFor(BUSY);
  await page.waitForFunction(() => Math.abs(document.querySelector('.made video').duration - 2) < 0.5, null, BUSY);
  await shot('clip-dark');
});

test('a model is unloaded and loaded again, and the services tell how they are', async () => {
  await open('models');
  const row = page.getByRole('row', { name: /^tiny-vit / });
  await row.getByRole('button', { name: 'Unload' }).click();
  await row.getByRole('button', { name: 'Load', exact: true }).waitFor(BUSY);
  await row.getByRole('button', { name: 'Load', exact: true }).click();
  await row.getByRole('button', { name: 'Unload' }).waitFor(BUSY);
  await page.locator('tr', { hasText: 'in-process' }).first().waitFor(BUSY);
  await shot('models');
});

test('a sound is recorded', async () => {
  await open('ask');
  await page.getByRole('button', { name: 'Record a sound' }).click();
  const stop = page.getByRole('button', { name: 'Stop recording' });
  await stop.waitFor(BUSY);
  await page.waitForFunction(() => performance.now() > 2500);
  await stop.click();
  await page.getByText('recorded-sound.webm').waitFor(BUSY);
});

test('what a camera shows and a microphone hears is told while it does', async () => {
  await open('live');
  await page.locator('textarea').nth(1).fill('a beep\nrain is falling');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForFunction(() => document.querySelector('.answer')?.textContent.length > 3, null, BUSY);
  await page.waitForFunction(() => performance.now() > 2500);
  await shot('live');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText(/frames: [1-9]\d* of \d+, sound: [1-9]/).waitFor(BUSY);
  await page.getByRole('button', { name: 'Start' }).waitFor(BUSY);
  assert.equal(await page.locator('[role=alert]').count(), 0);
});

test('every view fits a narrow screen, in both themes, and is reached by the keyboard', async () => {
  await page.setViewportSize({ width: 380, height: 800 });
  await open('ask', 'dark');
  await page.locator('nav a[href="#draw"]').waitFor(BUSY);
  for (const link of await page.locator('nav a:visible').all()) {
    await link.focus();
    await page.keyboard.press('Enter');
    await page.locator('nav a[aria-current]', { hasText: await link.textContent() }).waitFor(BUSY);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${await link.textContent()} is ${over} pixels too wide`);
  }
  await shot('narrow-dark');
});
