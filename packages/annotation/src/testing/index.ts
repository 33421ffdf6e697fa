export { SAMPLE_BENCHMARK, type SampleBenchmark, storeSampleBenchmark } from './store-sample-benchmark.ts';
export { SAMPLE_RATERS, storeSampleJudging } from './store-sample-judging.ts';
export { SAMPLE_JUDGE, type SampleRunOptions, storeSampleRun } from './store-sample-run.ts';
