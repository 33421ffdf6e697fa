import { describeWireFormat } from '../../test/describe-wire-format.ts';
import { mistralFixtures } from '../../test/fixtures/mistral.ts';
import { mistralFormat } from './mistral-format.ts';

describeWireFormat(mistralFormat, mistralFixtures);
