import { describeWireFormat } from '../../test/describe-wire-format.ts';
import { anthropicFixtures } from '../../test/fixtures/anthropic.ts';
import { anthropicFormat } from './anthropic-format.ts';

describeWireFormat(anthropicFormat, anthropicFixtures);
