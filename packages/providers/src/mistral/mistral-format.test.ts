import { chatCompletionResponseFromJSON } from '@mistralai/mistralai/models/components';
import { expect, it } from 'vitest';
import { describeWireFormat } from '../../test/describe-wire-format.ts';
import { mistralFixtures } from '../../test/fixtures/mistral.ts';
import { mistralFormat } from './mistral-format.ts';

describeWireFormat(mistralFormat, mistralFixtures);

it.each(mistralFixtures.replies)('is tested on a reply that the official client accepts: $name', ({ body }) => {
  expect(chatCompletionResponseFromJSON(body)).toMatchObject({ ok: true });
});
