export { ApiError } from './api-error.ts';
export { apiUrl, askApi, type Query, requestJson } from './request.ts';
export { useApi } from './use-api.ts';
export { useChange } from './use-change.ts';
export { useEvents } from './use-events.ts';
