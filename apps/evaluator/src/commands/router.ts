import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addCertificateCommands } from './certificates.ts';
import { addEvaluate } from './router/evaluate.ts';
import { addExplain } from './router/explain.ts';
import { addHistory } from './router/history.ts';
import { addList } from './router/list.ts';
import { addOnboard } from './router/onboard.ts';
import { addPromote } from './router/promote.ts';
import { addRollback } from './router/rollback.ts';
import { addShadow } from './router/shadow.ts';
import { addShow } from './router/show.ts';
import { addTextEncoders } from './router/text-encoders.ts';
import { addTrain } from './router/train.ts';
import { addUpdate } from './router/update.ts';
import { addUse } from './router/use.ts';

export function addRouterCommands(program: Command, context: CommandContext): void {
  const router = program
    .command('router')
    .description('The model that predicts scores: train, evaluate, promote, roll back');
  for (const add of [
    addTrain,
    addEvaluate,
    addPromote,
    addRollback,
    addUse,
    addShow,
    addExplain,
    addShadow,
    addHistory,
    addList,
    addOnboard,
    addTextEncoders,
    addUpdate,
  ])
    add(router, context);
  addCertificateCommands(router, context);
}
