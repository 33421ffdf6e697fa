export { AgreementFigures } from './agreement-figures.tsx';
export { CaseBody } from './case-body.tsx';
export { ForestPlot, type ForestRow } from './forest-plot.tsx';
export { Measure } from './measure.tsx';
export { PageLink } from './page-link.tsx';
