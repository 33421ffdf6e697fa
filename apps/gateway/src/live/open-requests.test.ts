import { expect, test } from 'vitest';
import { createOpenRequests } from './open-requests.ts';

function request() {
  let end: (error?: Error) => void = () => undefined;
  const work = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  return { work: () => work, end: (error?: Error) => end(error) };
}

test('have ended when the last of them has, whichever way', async () => {
  const requests = createOpenRequests();
  await requests.ended(1000);
  const [answered, failed] = [request(), request()];
  const running = [requests.run(answered.work), requests.run(failed.work).catch((error: Error) => error.message)];
  let ended = false;
  const waiting = requests.ended(10_000).then(() => {
    ended = true;
  });
  answered.end();
  await running[0];
  expect(ended).toBe(false);
  failed.end(new Error('a bug'));
  expect(await running[1]).toBe('a bug');
  await waiting;
});

test('are waited for no longer than told', async () => {
  const requests = createOpenRequests();
  void requests.run(() => new Promise(() => undefined));
  await requests.ended(1);
});
