export { configJsonSchema } from './configuration/config-json-schema.ts';
export { type ConfigProblem, ConfigurationError, formatConfigProblems } from './configuration/config-problem.ts';
export {
  CONFIGURATION_DEFAULTS,
  type Configuration,
  type EmulatorMode,
  type LogLevel,
  type ProviderSettings,
  type TimeoutSettings,
} from './configuration/configuration.ts';
export { effectiveCatalog } from './configuration/effective-catalog.ts';
export { enabledProviders, type ProviderState, providerKey } from './configuration/enabled-providers.ts';
export { ENVIRONMENT_VARIABLES } from './configuration/environment-variables.ts';
export {
  type ConfigurationInput,
  type ConfigurationResult,
  loadConfiguration,
} from './configuration/load-configuration.ts';
export { CONFIG_FILE_NAME, readConfiguration } from './configuration/read-configuration.ts';
export type { Environment } from './configuration/read-environment.ts';
export { type Secret, secret } from './configuration/secret.ts';
export { nearestName } from './nearest-name.ts';
