export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';
export type Log = Record<Exclude<LogLevel, 'silent'>, (message: string, fields?: Record<string, unknown>) => void>;

const ORDER: LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** One line of JSON per event where a program reads it, one plain line where a person does. Never given a secret. */
export function createLog(options: {
  level: LogLevel;
  pretty: boolean;
  write(line: string): void;
  now(): number;
}): Log {
  const threshold = ORDER.indexOf(options.level);
  const at =
    (level: Exclude<LogLevel, 'silent'>) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      if (ORDER.indexOf(level) < threshold) return;
      const time = new Date(options.now()).toISOString();
      if (!options.pretty) {
        options.write(`${JSON.stringify({ time, level, message, ...fields })}\n`);
        return;
      }
      const rest = Object.entries(fields).map(
        ([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
      );
      options.write(`${time.slice(11, 19)} ${level.padEnd(5)} ${message}${rest.join('')}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** An error's own words and those of its causes, for a log line. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `: ${errorText(error.cause)}`;
  return `${error.message}${cause}`;
}
