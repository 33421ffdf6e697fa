import { Navigate } from '@tanstack/react-router';
import { useMe } from '../../app/session.ts';

const STARTS_AT = {
  operator: '/overview',
  'customer-success': '/overview',
  'client-owner': '/overview',
  'client-member': '/overview',
  annotator: '/annotate',
} as const;

/** Sends each role to the page it works on. */
export function Page() {
  return <Navigate to={STARTS_AT[useMe().role] as string} replace />;
}
