/** Loaded only by the commands that need it: the ONNX runtime behind it takes longer to load than most commands to run. */
export const loadRouterModel = () => import('@pointsman/router-model');
