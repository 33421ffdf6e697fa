import { createServer } from 'node:http';
import { Pool } from 'undici';

// The floor: the least that any gateway must do. Raw node:http in, undici out; it parses the request, looks its key up,
// writes the body again, passes the reply through and books its cost from the provider's usage. No framework, no limits,
// no records, no choice.

const upstream = new URL(process.argv[2] ?? '');
const pool = new Pool(upstream.origin, { connections: 256, pipelining: 1 });
const keys = new Map([['Bearer floor', { spent: 0 }]]);
const PRICE = { input: 0.15, output: 0.6 };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const client = keys.get(request.headers.authorization ?? '');
    if (client === undefined) {
      response.writeHead(401).end();
      return;
    }
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    body.model = String(body.model).replace(/^openai\//, '');
    const reply = await pool.request({
      path: `${upstream.pathname}/chat/completions`,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer upstream' },
      body: JSON.stringify(body),
    });
    response.writeHead(reply.statusCode, { 'content-type': String(reply.headers['content-type']) });
    if (body.stream === true) {
      let last: Buffer | undefined;
      for await (const chunk of reply.body) {
        last = chunk as Buffer;
        response.write(chunk);
      }
      book(client, last?.toString('utf8') ?? '');
      response.end();
      return;
    }
    const text = await reply.body.text();
    book(client, text);
    response.end(text);
  });
});

function book(client: { spent: number }, text: string): void {
  const at = text.lastIndexOf('"usage":{');
  if (at < 0) return;
  const end = text.indexOf('}', text.indexOf('total_tokens', at));
  const usage = /"prompt_tokens":(\d+).*?"completion_tokens":(\d+)/.exec(text.slice(at, end + 1));
  client.spent += Number(usage?.[1] ?? 0) * PRICE.input + Number(usage?.[2] ?? 0) * PRICE.output;
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string')
    process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}` })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
