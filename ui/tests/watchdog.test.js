import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stallLimit, watchdog } from '../watchdog.js';

test('half a minute of silence is told once; progress starts the clock anew; a stopped watch is silent', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const barks = [];
  const watch = watchdog(() => barks.push('silent'));
  const stopped = watchdog(() => barks.push('stopped'));
  assert.equal(stallLimit, 30_000);
  context.mock.timers.tick(stallLimit - 1);
  watch.restart();
  stopped.stop();
  context.mock.timers.tick(stallLimit - 1);
  assert.deepEqual(barks, []);
  context.mock.timers.tick(1);
  context.mock.timers.tick(10 * stallLimit);
  assert.deepEqual(barks, ['silent']);
});
