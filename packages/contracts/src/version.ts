/** Of every part of Pointsman: they are released together. */
export const VERSION = '0.1.0';
