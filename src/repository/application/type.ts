import { type Model, type TypeModel, typeOf } from '../../model/index.ts';

/** The name of the type, in the pack `architecture`. */
export const applicationType = 'application';

/** An application's type in this model. A model without the pack is a fault of the installation. */
export function typeOfApplications(model: Model): TypeModel {
  const type = typeOf(model, applicationType);
  if (type === null) throw new Error('the model has no pack architecture');
  return type;
}
