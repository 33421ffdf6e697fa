// The image's health check: its base has no curl. Exit code 0 when the gateway can serve.
const port = process.env.POINTSMAN_PORT ?? process.env.PORT ?? '8080';

try {
  const reply = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_500) });
  process.exitCode = reply.ok ? 0 : 1;
  if (!reply.ok) process.stdout.write(await reply.text());
} catch (error) {
  process.stdout.write(String(error));
  process.exitCode = 1;
}
