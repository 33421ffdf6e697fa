export { type Floor, floorSchema } from '@pointsman/contracts';
