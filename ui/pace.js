/** How fast it goes and how long it will take, in calm words: said once a second, and only when it takes a while. */

import { durationText, sizeText } from './format.js';

/** Milliseconds of the past that speed is measured over. */
const memory = 10_000;

/** Milliseconds between two sentences, so that one can read them. */
const calm = 1000;

/** Milliseconds to watch before anything is said. */
const warmUp = 2000;

/** What is over within so many seconds needs no forecast. */
const shortTrip = 5;

/**
 * @param {number} total bytes of the whole transfer
 * @param {() => number} now monotonic milliseconds
 * @returns {(byteCount: number) => string | undefined} told how much has left, answers such as
 *   `about 2 minutes left, 3.4 MiB/s`
 */
export function createPace(total, now) {
  let samples = [];
  let begin;
  let saidAt = -Infinity;
  let sentence;
  return (byteCount) => {
    const time = now();
    begin ??= time;
    if (samples.length > 0 && time - saidAt < calm) return sentence;
    saidAt = time;
    samples = [...samples.filter((sample) => time - sample.time <= memory), { time, byteCount }];
    if (time - begin >= warmUp) sentence = forecast(samples, total, time - begin, sentence);
    return sentence;
  };
}

function forecast(samples, total, elapsed, before) {
  const [first, last] = [samples[0], samples.at(-1)];
  const speed = (last.byteCount - first.byteCount) / ((last.time - first.time) / 1000);
  if (!(speed > 0)) return undefined;
  const left = (total - last.byteCount) / speed;
  if (before === undefined && elapsed / 1000 + left <= shortTrip) return undefined;
  return `${durationText(left)} left, ${sizeText(speed)}/s`;
}
