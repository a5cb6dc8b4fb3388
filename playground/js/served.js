// What can be done here follows from what is served.

import { call } from './api.js';

// Ids of the models that make pictures, the default first. None where that cannot be asked.
export async function pictureModels() {
  try {
    const { services = [] } = await call('Status', {});
    return (services.find((service) => service.name === 'image-generation')?.models ?? []).map((model) => model.id);
  } catch {
    return [];
  }
}
