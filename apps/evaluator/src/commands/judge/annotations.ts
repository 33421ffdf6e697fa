import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { addAnnotationsExport } from './annotations-export.ts';
import { addAnnotationsImport } from './annotations-import.ts';

export function addAnnotations(judge: Command, context: CommandContext): void {
  const annotations = judge.command('annotations').description('People’s ratings of replies, which judges are held to');
  addAnnotationsImport(annotations, context);
  addAnnotationsExport(annotations, context);
}
