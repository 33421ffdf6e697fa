/** Ends a command with an exit code of its own; without a message everything was said already. */
export class CommandFailed extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, message: string = '', options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandFailed';
    this.exitCode = exitCode;
  }
}
