/** Nothing was evaluated, or nothing that may be called an evaluation: never a pass. The message says why, and what to do. */
export class CouldNotRun extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CouldNotRun';
  }
}
