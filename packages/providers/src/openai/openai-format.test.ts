import { describeWireFormat } from '../../test/describe-wire-format.ts';
import { openAiFixtures } from '../../test/fixtures/openai.ts';
import { openAiFormat } from './openai-format.ts';

describeWireFormat(openAiFormat, openAiFixtures);
