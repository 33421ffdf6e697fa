/** This call will not succeed, whoever asks again: its item goes on without it. */
export class CallFailed extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CallFailed';
  }
}

/** The run must stop: nothing is wrong with the item. What is done stays, and the run can be resumed once it is mended. */
export class RunStopped extends Error {
  readonly why: 'ceiling' | 'misconfigured' | 'rate-limited' | 'storage' | 'ended';
  constructor(why: RunStopped['why'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RunStopped';
    this.why = why;
  }
}
