export { AgreementFigures } from './agreement-figures.tsx';
export { CaseBody } from './case-body.tsx';
export { byDimension, METRICS } from './dimensions.ts';
export { ForestPlot, type ForestRow } from './forest-plot.tsx';
export { Measure } from './measure.tsx';
export { PageLink } from './page-link.tsx';
