import type { Domain, Task } from '@pointsman/contracts';
import { DOMAINS, TASKS } from '@pointsman/contracts';
import type { Repositories, RequestSample } from '@pointsman/db';
import { replyHash } from '@pointsman/db';
import type { Collected } from './collected-items.ts';
import { caseFrom } from './queue-content.ts';

const PAGE = 500;

/** Sampled production requests that were not given to annotators yet, the newest, at most `most`. */
export async function itemsOfSamples(
  { requestSamples }: Pick<Repositories, 'requestSamples'>,
  { clientId, most }: { clientId: string | undefined; most: number },
): Promise<Collected> {
  const samples: RequestSample[] = [];
  let before: string | undefined;
  do {
    const page = await requestSamples.list({
      clientId,
      open: true,
      before,
      limit: Math.min(PAGE, most - samples.length),
    });
    samples.push(...page.samples);
    before = page.next;
  } while (before !== undefined && samples.length < most);
  const collected = samples.filter(({ reply }) => reply.trim() !== '').map(itemOf);
  return {
    items: collected.map(({ item }) => item),
    gold: [],
    cases: collected.flatMap(({ stored }) => (stored === undefined ? [] : [stored])),
  };
}

function itemOf(sample: RequestSample) {
  const { decisionId, clientId, modelId, reply } = sample;
  const domain = DOMAINS.find((one): one is Domain => one === sample.domain);
  const task = TASKS.find((one): one is Task => one === sample.task);
  const caseId = `production-${decisionId.replace(/^dec_/, '')}`;
  const made = caseFrom({
    id: caseId,
    messages: sample.messages,
    domain,
    task,
    // Undetermined: nobody has said which, and the code is BCP 47's own for that.
    language: 'und',
    provenance: { kind: 'production', decisionId, client: clientId },
    licence: 'proprietary',
  });
  return {
    item: {
      caseId,
      caseHash: made?.hash,
      replyHash: replyHash(reply),
      model: modelId,
      gold: undefined,
      content: {
        messages: sample.messages.map(({ role, content }) => ({ role, text: content })),
        reply,
        domain,
        task,
      },
      sampleId: decisionId,
      predicted: {},
    },
    stored: made && { hash: made.hash, body: made.body, sampleId: decisionId },
  };
}
