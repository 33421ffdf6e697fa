import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { temporaryFolder } from '@pointsman/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { runGatewayProcess, startGatewayProcess } from './robustness/gateway-process.ts';

test('a first start that finds its port taken does not use up the first key', { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => squatter.close(() => resolve())));
  const { port } = squatter.address() as AddressInfo;

  const refused = await runGatewayProcess({ folder: folder.path, env: { POINTSMAN_PORT: String(port) } });
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(`port ${port} is taken`);

  const started = await startGatewayProcess({ folder: folder.path });
  onTestFinished(() => started.stop('SIGTERM').then(() => undefined));
  expect(started.apiKey).toMatch(/^pm_/);
});
