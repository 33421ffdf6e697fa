import { familiarityOf, forward, leverageOf, lookUp } from '../forward.ts';
import { cholesky, invertLower } from '../mathematics/cholesky.ts';
import { at, gram, type Matrix, rowOf, transpose, zeros } from '../mathematics/matrix.ts';
import { seededRandom } from '../mathematics/seeded-random.ts';
import { classProbabilities } from '../mathematics/softmax.ts';
import { encode } from '../forward.ts';
import { SIDE_SCALE, type RouterParameters } from '../parameters.ts';
import type { TrainingRow } from '../rows.ts';
