import { type FirstRun, welcomeLink } from '@pointsman/administration';

export type Welcome = {
  host: string;
  port: number;
  /** Why the emulator answers; undefined when real providers do. */
  emulated: string | undefined;
  models: number;
  router: string | undefined;
  first: Pick<FirstRun, 'secret' | 'operator'> | undefined;
  /** The address people know, where it is configured. */
  publicUrl: string | undefined;
};

/** What a person sees when the gateway is up: where it is, and a line to paste. Secrets appear on the first run only. */
export function welcome({ host, port, emulated, models, router, first, publicUrl }: Welcome): string {
  const origin = `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`;
  const key = first?.secret ?? '$POINTSMAN_KEY';
  const lines = [
    '',
    `Pointsman is up.   Dashboard  ${publicUrl ?? origin}`,
    `                   Base URL   ${origin}/v1`,
    `                   Admin API  ${origin}/api/reference`,
    `                   Models     ${models}${emulated === undefined ? '' : ` (EMULATED: ${emulated})`}, router ${router ?? 'none'}`,
  ];
  if (first !== undefined) {
    lines.push(
      '',
      'First run: these are shown once.',
      `  API key    ${first.secret}   (keep it)`,
      `  Dashboard  ${welcomeLink(publicUrl ?? origin, first.operator.token)}`,
      `             sets the password of ${first.operator.email}; works once, for 7 days`,
    );
  }
  lines.push(
    '',
    first === undefined
      ? 'Try it, with your key in POINTSMAN_KEY (a new one: npm run pointsman -- keys issue default):'
      : 'Try it:',
    `  curl ${origin}/v1/chat/completions -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -d '{"model":"auto","messages":[{"role":"user","content":"Why is the sky blue?"}]}'`,
    '',
    '',
  );
  return lines.join('\n');
}
