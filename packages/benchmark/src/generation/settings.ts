import type { Domain } from '@pointsman/contracts';
import type { Setting } from './setting.ts';
import { customerSupport } from './settings/customer-support.ts';
import { eCommerce } from './settings/e-commerce.ts';
import { education } from './settings/education.ts';
import { energyEnvironment } from './settings/energy-environment.ts';
import { finance } from './settings/finance.ts';
import { healthcare } from './settings/healthcare.ts';
import { humanResources } from './settings/human-resources.ts';
import { industry } from './settings/industry.ts';
import { legal } from './settings/legal.ts';
import { marketing } from './settings/marketing.ts';
import { publicAdministration } from './settings/public-administration.ts';
import { research } from './settings/research.ts';
import { software } from './settings/software.ts';
import { travel } from './settings/travel.ts';

/** The setting of each domain. */
export const SETTINGS: { readonly [Name in Domain]: Setting } = {
  'customer-support': customerSupport,
  'e-commerce': eCommerce,
  education,
  'energy-environment': energyEnvironment,
  finance,
  healthcare,
  'human-resources': humanResources,
  industry,
  legal,
  marketing,
  'public-administration': publicAdministration,
  research,
  software,
  travel,
};
