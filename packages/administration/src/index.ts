export {
  type ActiveRouter,
  previousRouter,
  type RouterChange,
  rollBackRouter,
  routerHistory,
  setActiveRouter,
  showRouter,
} from './active-router.ts';
export {
  activateCatalog,
  type CatalogSource,
  findModel,
  type SyncInput,
  type SyncResult,
  showCatalog,
  syncCatalog,
} from './catalog-operations.ts';
export {
  activeCertificate,
  expireCertificate,
  issueCertificate,
  listCertificates,
  revokeCertificate,
  showCertificate,
} from './certificates.ts';
export { type ChosenArtefact, chosenArtefact } from './chosen-artefact.ts';
export {
  type ClientPatch,
  clientPatchSchema,
  createClient,
  disableClient,
  enableClient,
  listClients,
  updateClient,
} from './clients.ts';
export { configJsonSchema } from './configuration/config-json-schema.ts';
export { type ConfigProblem, ConfigurationError, formatConfigProblems } from './configuration/config-problem.ts';
export {
  CONFIGURATION_DEFAULTS,
  type Configuration,
  type EmulatorMode,
  type LogLevel,
  type OidcSettings,
  type ProviderSettings,
  type SignInSettings,
  type TimeoutSettings,
} from './configuration/configuration.ts';
export { effectiveCatalog } from './configuration/effective-catalog.ts';
export { embeddedDatabaseDir } from './configuration/embedded-database-dir.ts';
export { enabledProviders, type ProviderState, providerKey } from './configuration/enabled-providers.ts';
export { ENVIRONMENT_VARIABLES } from './configuration/environment-variables.ts';
export { isEmulated } from './configuration/is-emulated.ts';
export {
  type ConfigurationInput,
  type ConfigurationResult,
  loadConfiguration,
} from './configuration/load-configuration.ts';
export { CONFIG_FILE_NAME, readConfiguration } from './configuration/read-configuration.ts';
export type { Environment } from './configuration/read-environment.ts';
export { type Secret, secret } from './configuration/secret.ts';
export { listDecisions, showDecision, USAGE_GROUPINGS, usageReport } from './decisions.ts';
export { findClient } from './find-client.ts';
export { type FirstRun, firstRun } from './first-run.ts';
export {
  type Asker,
  acceptLink,
  acceptVouchedFor,
  type IssuedLink,
  invite,
  linkForPassword,
  listInvitations,
  readLink,
  revokeInvitation,
  welcomeLink,
} from './invitations.ts';
export { GONE_AFTER_MS, type KeptNode, keepNode, type NodeKeeping } from './keep-node.ts';
export { issueKey, listKeys, revokeKey, rotateKey, updateKey } from './keys.ts';
export { buildModelDirectory, type ModelDirectory } from './models/model-directory.ts';
export { type EmulatedAddresses, type ModelSource, openModelSource } from './models/model-source.ts';
export { nearestName } from './nearest-name.ts';
export { ownerPatchProblem } from './owner-patch-problem.ts';
export {
  changePerson,
  disablePerson,
  enablePerson,
  findPerson,
  listPeople,
  type PersonQuery,
  removePerson,
} from './people.ts';
export { checkPolicy, findPolicy, listPolicies, putPolicy, removePolicy } from './policies.ts';
export { type ShadowRouter, setShadowRouter, showShadowRouter } from './shadow-router.ts';
export { createUser, linkForUser, listUsers, type UserInput } from './users.ts';
