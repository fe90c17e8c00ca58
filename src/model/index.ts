export { addressLines, addressParts, addressText } from './attributes/address.ts';
export type {
  AttributeKind,
  AttributeType,
  Control,
  ExpressionKind,
  Fault,
  Money,
  Option,
  Quantity,
  Reading,
  Value,
  Values,
} from './attributes/attribute-type.ts';
export { targetsOf } from './attributes/attribute-type.ts';
export { type FileValue, fileOf } from './attributes/file.ts';
export { identifierSchemes } from './attributes/identifier.ts';
export { quantityText } from './attributes/quantity.ts';
export { manyTyped } from './attributes/references.ts';
export { type CategoryName, categories, categoryNames, isCategory } from './categories.ts';
export type { Consequence } from './change/consequences.ts';
export type { Difference } from './change/difference.ts';
export { LiveModel, modelBeat, type Preview, type Proposal } from './change/live-model.ts';
export { emptyPack, nameFrom, nextVersion, PackEdit } from './change/pack-edit.ts';
export type { ChangeAsked } from './change/proposals.ts';
export { checkPack, systemPackFolders } from './check-pack.ts';
export { type CheckedPacks, checkPacks, compileModel, loadPacks, refusePacks } from './compile.ts';
export type { Moment } from './expressions/around.ts';
export { compileFilter } from './expressions/compile-filter.ts';
export { type Computed, columnValues } from './expressions/computed.ts';
export { type Condition, conditionSql } from './expressions/condition.ts';
export type { Effect } from './expressions/effects.ts';
export type { Operand } from './expressions/expression.ts';
export { isFolded, type NamedColumn, type Shape, shapeOf } from './expressions/shape.ts';
export { beginsWith, groundOf } from './expressions/to-sql.ts';
export { type FromOptions, from } from './from.ts';
export {
  type Attribute,
  type ChecklistItem,
  type Children,
  type Confidentiality,
  type Constraint,
  type Grant,
  isFilledIn,
  type Lifecycle,
  type Model,
  type Notice,
  type Operation,
  operations,
  type PackFacts,
  type QualityRule,
  type Relation,
  type Reminder,
  type Rights,
  type Scheduled,
  type Section,
  type State,
  type Transition,
  type TypeModel,
  typeOf,
} from './model.ts';
export { formatNumber, type NumberPattern, numberFrame } from './number-pattern.ts';
export { nearest } from './pack/nearest.ts';
export { type PackProblem, problemLine } from './pack/pack-problem.ts';
export { type PackSource, packJsonSchema } from './pack/pack-schema.ts';
export { isRole, type Role, roleNames, roles } from './roles.ts';
export { type ApplyOptions, applyModel } from './schema-change/apply.ts';
export { uniqueIndexName } from './schema-change/desired.ts';
export { filled, formatTitle, type TitleTemplate } from './title-template.ts';
export { checkView } from './views/check-view.ts';
export { showSum, summedColumns, sumValue } from './views/sums.ts';
export {
  type Axis,
  axes,
  axisOf,
  isDated,
  laneable,
  showable,
  sortable,
  summable,
  summedBy,
  type View,
  viewKindWords,
} from './views/view.ts';
export {
  type AxisSource,
  isViewKind,
  type MeasureSource,
  type Period,
  periods,
  type ViewKind,
  type ViewOf,
  type ViewSource,
  viewSchema,
} from './views/view-schema.ts';
