// Runs within the service, before it: tells over the channel to its parent what was allocated between two questions.
import { PerformanceObserver } from 'node:perf_hooks';

let heapBefore = 0;
let collections = 0;

new PerformanceObserver((list) => {
  collections += list.getEntries().length;
}).observe({ entryTypes: ['gc'] });

function begin() {
  globalThis.gc();
  // What the observer is told of this collection comes later.
  setTimeout(() => {
    collections = 0;
    heapBefore = process.memoryUsage().heapUsed;
    process.send({});
  }, 20);
}

function end() {
  const bytes = process.memoryUsage().heapUsed - heapBefore;
  setTimeout(() => process.send({ bytes, collections }), 20);
}

process.on('message', (question) => (question === 'begin' ? begin() : end()));
process.on('disconnect', () => process.exit()); // whoever asks has ended
process.channel.unref();
