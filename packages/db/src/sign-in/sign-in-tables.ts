import type { AuditOutcome, Role } from '@pointsman/contracts';
import { sql } from 'drizzle-orm';
import { bigint, boolean, customType, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { instant } from '../column-types.ts';
import { hashSecret } from '../secret-tokens.ts';

/**
 * A token on the way in, its SHA-256 in the table and on the way out: written and looked up as if it were stored, yet
 * nobody who reads the table can use what stands there.
 */
const hashedToken = customType<{ data: string; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: hashSecret,
  fromDriver: (hash) => hash.toString('hex'),
});

export const users = pgTable('users', {
  id: text('id').primaryKey().default(sql`new_id('usr')`),
  email: text('email').notNull(),
  role: text('role').$type<Role>().notNull(),
  clientId: text('client_id'),
  createdAt: instant('created_at').notNull().defaultNow(),
  name: text('name').notNull().default(''),
  emailVerified: boolean('email_verified').notNull().default(false),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  disabledAt: instant('disabled_at'),
});

export const accounts = pgTable('accounts', {
  id: text('id').primaryKey().default(sql`new_id('acc')`),
  userId: text('user_id').notNull(),
  providerId: text('provider_id').notNull(),
  accountId: text('account_id').notNull(),
  password: text('password'),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

export const sessions = pgTable('sessions', {
  id: text('id').notNull().default(sql`new_id('ses')`),
  token: hashedToken('token_hash').primaryKey(),
  userId: text('user_id').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
});

export const invitations = pgTable('invitations', {
  id: text('id').primaryKey().default(sql`new_id('inv')`),
  token: hashedToken('token_hash').notNull(),
  email: text('email').notNull(),
  role: text('role').$type<Role>().notNull(),
  clientId: text('client_id'),
  userId: text('user_id'),
  invitedBy: text('invited_by').notNull(),
  createdAt: instant('created_at').notNull().default(sql`clock_timestamp()`),
  expiresAt: instant('expires_at').notNull(),
  acceptedAt: instant('accepted_at'),
  revokedAt: instant('revoked_at'),
});

export const auditLog = pgTable('audit_log', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  at: instant('at').notNull().default(sql`clock_timestamp()`),
  actor: text('actor').notNull(),
  actorId: text('actor_id'),
  role: text('role'),
  clientId: text('client_id'),
  action: text('action').notNull(),
  summary: text('summary').notNull(),
  details: jsonb('details').$type<Record<string, unknown>>().notNull(),
  outcome: text('outcome').$type<AuditOutcome>().notNull(),
  status: smallint('status'),
});

/** The tables under the names that better-auth knows them by. */
export const signInTables = { user: users, account: accounts, session: sessions };
