import { parseArgs } from 'node:util';
import { startEmulator } from './start-emulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    fast: { type: 'boolean', default: false },
    lifelike: { type: 'boolean', default: false },
  },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  throw new Error(`--port must be a whole number from 0 to 65535, got "${values.port}".`);
}

const emulator = await startEmulator({
  port,
  host: values.host,
  fast: values.fast,
  pace: values.lifelike ? 'lifelike' : 'instant',
});
process.stdout.write(`${JSON.stringify({ url: emulator.url })}\n`);

const stop = async (): Promise<void> => {
  await emulator.close();
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
