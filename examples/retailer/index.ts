import type { Example } from '../example.ts';
import { loadRetailer } from './load.ts';
import { applications, controllers, organisation, users } from './organisation.ts';
import { activities, purposes } from './register.ts';
import { requests } from './requests.ts';

export { loadRetailer } from './load.ts';
export { cast, stranger } from './people/cast.ts';

/** A retailer of two brands: an online shop and a loyalty programme, each with a database of its own. */
export const retailer: Example = {
  name: 'retailer',
  organisation,
  controllers,
  activities,
  purposes,
  users,
  applications,
  requests,
  load: loadRetailer,
};
