// A gateway's recorder in a process of its own, to be killed: records a decision every millisecond and says which.
import { createDecisionRecorder } from '../decision-recorder.ts';
import { decision } from './decisions.ts';

const [spoolDir = '', mode = 'down', firstNumber = '0'] = process.argv.slice(2);
const never = new Promise(() => undefined);
const recorder = await createDecisionRecorder({
  spoolDir,
  nodeId: `child-${process.pid}`,
  flushMs: 20,
  batchSize: 50,
  write: (batch) => {
    if (mode === 'down') return Promise.reject(new Error('connection refused'));
    if (mode === 'hanging') return never;
    process.stdout.write(batch.map((each) => `written ${Number(each.id.slice(4))}\n`).join(''));
    return Promise.resolve();
  },
});
let number = Number(firstNumber);
setInterval(() => {
  recorder.record(decision(number));
  const { spooled, queued } = recorder.stats();
  process.stdout.write(`recorded ${number} ${spooled} ${queued}\n`);
  number += 1;
}, 1);
