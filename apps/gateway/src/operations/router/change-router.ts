import { previousRouter, type RouterChange, rollBackRouter, setActiveRouter } from '@pointsman/administration';
import { GatewayError, type RouterActivation, type RouterRollBack, SHIPPED_ARTEFACT } from '@pointsman/contracts';
import { applyPromotion, judgeStored, type PromotionVerdict, restoreArtefact } from '@pointsman/router-model';
import { artefactNamed, findArtefacts, type NamedArtefact, type RouterSources } from './find-artefacts.ts';

/** When, and by whom. */
export type Signature = Pick<RouterChange, 'at' | 'by'>;

/**
 * Makes gateways serve an artefact, in the mode that its stored report earns.
 * @throws GatewayError `not_found`; `conflict`, with the reasons, when it is held or was never evaluated, unless forced.
 */
export async function activateArtefact(
  { artefact: name, force, reason }: RouterActivation,
  signature: Signature,
  sources: RouterSources,
): Promise<void> {
  const { repositories } = sources;
  const artefacts = await findArtefacts(sources);
  const artefact = artefactNamed(name, artefacts);
  const verdict = artefacts.served && judgeStored(artefact, artefacts.served.manifest, artefacts.store);
  const isHeld = verdict?.kind !== 'promote';
  if (isHeld && force !== true) throw heldBack(artefact, verdict);
  const note = {
    ...signature,
    action: actionOf(verdict),
    reasons: [...(reason === undefined ? [] : [reason]), ...(verdict?.reasons ?? [])],
  };
  // The shipped one is nobody's to change: it serves in the mode in which it was shipped.
  if (name === SHIPPED_ARTEFACT) return setActiveRouter(repositories, undefined, note);
  const { artefactDir } = artefact;
  const { version, mode } = verdict === undefined ? artefact.manifest : await applyPromotion(artefactDir, verdict);
  await setActiveRouter(repositories, { artefactDir, version, mode }, note);
}

/**
 * Makes gateways serve again what served before.
 * @throws GatewayError `conflict` when there is nothing to go back to, or it is no longer what it was.
 */
export async function rollBack(
  { reason }: RouterRollBack,
  signature: Signature,
  { repositories }: Pick<RouterSources, 'repositories'>,
): Promise<void> {
  const previous = await previousRouter(repositories);
  if (previous != null) {
    await restoreArtefact(previous).catch((error: Error) => {
      throw new GatewayError('conflict', `It cannot serve again: ${error.message}.`, { cause: error });
    });
  }
  await rollBackRouter(repositories, { ...signature, reasons: reason === undefined ? [] : [reason] });
}

function actionOf(verdict: PromotionVerdict | undefined): RouterChange['action'] {
  if (verdict === undefined) return 'used';
  return verdict.kind === 'promote' ? 'promoted' : 'forced';
}

function heldBack({ manifest }: NamedArtefact, verdict: PromotionVerdict | undefined): GatewayError {
  const why = verdict === undefined ? 'it was not evaluated' : verdict.reasons.join('; ');
  return new GatewayError('conflict', `${manifest.version} is held: ${why}. To serve it all the same, force it.`, {
    param: 'force',
  });
}
