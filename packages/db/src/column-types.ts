import { customType, timestamp } from 'drizzle-orm/pg-core';
import { safeInteger } from './safe-integer.ts';

export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** A bigint read as a number; one that a number cannot hold is an error, never a rounded value. */
export const int8 = customType<{ data: number; driverData: string }>({
  dataType: () => 'bigint',
  fromDriver: safeInteger,
});
