import { linearParameters, type Parameter } from '../graph/encoder-parameters.ts';
import type { EncoderTargets } from '../text-encoder.ts';

/** Sizes of what the encoder is trained to tell. */
export type HeadShape = { kinds: number; skills: number; columns: number; teacherWidth: number };

export function headShapeOf({ kinds, abilities, teacher }: EncoderTargets): HeadShape {
  const { columns, skills } = abilities;
  return { kinds: kinds.columns, skills, columns, teacherWidth: teacher?.width ?? 0 };
}

/** A head whose targets are absent has no parameters. */
export function headParameters(width: number, { kinds, skills, columns, teacherWidth }: HeadShape): Parameter[] {
  return [
    ...(kinds > 0 ? linearParameters('kinds', width, kinds) : []),
    ...(skills > 0 && columns > 0 ? linearParameters('skills', width, skills) : []),
    ...(teacherWidth > 0 ? linearParameters('teacher', width, teacherWidth) : []),
  ];
}
