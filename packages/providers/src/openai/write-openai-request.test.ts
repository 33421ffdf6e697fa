import type { ChatRequest, Provider } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { makeModel, makeProvider } from '../../test/fixtures/catalog.ts';
import { baseRequest } from '../../test/sample-fields.ts';
import { assessOpenAi, writeOpenAiChat } from './write-openai-request.ts';

type Quirks = Partial<Provider['quirks']>;

function write(extra: Partial<ChatRequest>, quirks: Quirks = {}, stream = false, capabilities = {}) {
  const provider = makeProvider({ quirks });
  const able = makeModel(provider);
  const model = { ...able, capabilities: { ...able.capabilities, ...capabilities } };
  const request: ChatRequest = { ...baseRequest(), ...extra };
  return {
    body: JSON.parse(writeOpenAiChat({ provider, model, request, stream }).body),
    assessment: assessOpenAi(provider, model, request),
  };
}

describe('writing an OpenAI-format request', () => {
  it('passes unknown fields on, at every depth', () => {
    const { body } = write({ top_k: 40, messages: [{ role: 'user', content: 'Hi', name: 'ann' }] });
    expect(body).toMatchObject({ top_k: 40, messages: [{ name: 'ann' }] });
  });

  it('calls the output limit by the name the host knows, and never asks for more than the model gives', () => {
    expect(write({ max_tokens: 5 }).body).toMatchObject({ max_completion_tokens: 5 });
    const { body } = write({ max_completion_tokens: 1_000_000 }, { maxTokensField: 'max_tokens' });
    expect(body.max_tokens).toBe(64_000);
    expect(body.max_completion_tokens).toBeUndefined();
  });

  it('asks for usage in streams, however the client asked, where the host has the option', () => {
    expect(write({}, {}, true).body.stream_options).toEqual({ include_usage: true });
    expect(
      write({ stream_options: { include_usage: false, include_obfuscation: false } }, {}, true).body.stream_options,
    ).toEqual({
      include_usage: true,
      include_obfuscation: false,
    });
    for (const streamUsage of ['always', 'never'] as const) {
      expect(
        write({ stream_options: { include_usage: true } }, { streamUsage }, true).body.stream_options,
      ).toBeUndefined();
    }
    expect(write({ stream_options: { include_usage: true } }).body.stream_options).toBeUndefined();
  });

  it('renames the developer role for hosts that do not know it', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'developer', content: 'Be brief' },
      { role: 'user', content: 'Hi' },
    ];
    expect(write({ messages }, { developerRole: false }).body.messages[0].role).toBe('system');
    expect(write({ messages }).body.messages[0].role).toBe('developer');
  });

  it('leaves out what the host refuses: hints are named as ignored, essentials remove the model', () => {
    const { body, assessment } = write({ seed: 7, n: 2 }, { unsupported: ['seed', 'n'] });
    expect(body.seed).toBeUndefined();
    expect(assessment.ignored).toEqual(['seed']);
    expect(assessment.removals).toEqual([{ removal: 'unsupported-parameter', detail: 'Acme does not honour n' }]);
  });

  it('says nothing of a refused field that holds its default, and still leaves it out', () => {
    const { body, assessment } = write({ n: 1, temperature: 1 }, { unsupported: ['n', 'temperature'] });
    expect(body).not.toHaveProperty('n');
    expect(assessment).toEqual({ removals: [], ignored: [] });
  });

  it('drops sampling for models without it, by name', () => {
    const { body, assessment } = write({ temperature: 0.2, top_p: 1, presence_penalty: 1 }, {}, false, {
      temperature: false,
    });
    expect(body).not.toHaveProperty('temperature');
    expect(assessment.ignored).toEqual(['temperature', 'presence_penalty']);
  });

  it('takes prompt-cache hints off where the host would refuse them, by name', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } }] },
    ];
    const refused = write({ messages });
    expect(JSON.stringify(refused.body)).not.toContain('cache_control');
    expect(refused.assessment.ignored).toEqual(['cache_control']);
    const kept = write({ messages }, { messageExtras: ['cache_control'] });
    expect(JSON.stringify(kept.body)).toContain('cache_control');
    expect(kept.assessment.ignored).toEqual([]);
  });

  it('sends reasoning back only to hosts that want it, and never what another provider wrote', () => {
    const history = (details: object[]): ChatRequest['messages'] => [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello', reasoning_content: 'THOUGHT', reasoning_details: details as never },
      { role: 'user', content: 'More' },
    ];
    const wants: Quirks = { messageExtras: ['reasoning'] };
    expect(JSON.stringify(write({ messages: history([]) }).body)).not.toContain('THOUGHT');
    expect(JSON.stringify(write({ messages: history([]) }, wants).body)).toContain('THOUGHT');
    const own = [{ type: 'reasoning.text', text: 'THOUGHT', provider: 'acme' }];
    expect(write({ messages: history(own) }, wants).body.messages[1].reasoning_details).toEqual(own);
    const foreign = [{ type: 'reasoning.text', text: 'THOUGHT', provider: 'anthropic' }];
    expect(JSON.stringify(write({ messages: history(foreign) }, wants).body)).not.toContain('THOUGHT');
  });

  it.each([
    ['an image', { type: 'image_url', image_url: { url: 'https://example.org/a.png' } }, 'image'],
    ['sound', { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }, 'audio'],
    ['a document', { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA' } }, 'pdf'],
  ] as const)('removes a model that cannot read %s', (_, part, modality) => {
    const provider = makeProvider();
    const model = makeModel(provider, { modalities: { input: ['text'], output: ['text'] } });
    const { removals } = assessOpenAi(provider, model, {
      model: 'auto',
      messages: [{ role: 'user', content: [part] }],
    });
    expect(removals).toEqual([{ removal: 'modality', detail: `acme/able-1 takes no ${modality} input` }]);
  });

  it('removes a model without tools or without the structured output asked for', () => {
    const tools: ChatRequest['tools'] = [{ type: 'function', function: { name: 'f' } }];
    const schema = { type: 'json_schema', json_schema: { name: 'x', schema: {} } } as const;
    const kinds = (extra: Partial<ChatRequest>, capabilities: object) =>
      write(extra, {}, false, capabilities).assessment.removals.map(({ removal }) => removal);
    expect(kinds({ tools }, { tools: false })).toEqual(['tools']);
    expect(kinds({ response_format: schema }, { structuredOutput: 'json_object' })).toEqual(['structured-output']);
    expect(kinds({ response_format: { type: 'json_object' } }, { structuredOutput: 'none' })).toEqual([
      'structured-output',
    ]);
    expect(kinds({ response_format: { type: 'json_object' } }, { structuredOutput: 'json_object' })).toEqual([]);
  });
});
