import { userInfo } from 'node:os';

/** Who runs the command line, for the history: the account's name, or its number where it has none. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers may run under an account that no file names.
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
