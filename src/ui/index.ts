/**
 * The page kit: server-rendered components that know no business. A page is
 *
 *   renderPage(<Shell {...surroundings} title={…}>…</Shell>, reader)
 *
 * and a part of one (partial update, server-sent event) is `renderFragment(<OutcomeRow …/>, reader)`.
 * Labels are `Text`; values that come from data are children. No inline script or style, ever.
 */
export { type Asset, type AssetName, assetPath, assets } from './assets.ts';
export { CodeBlock } from './display/code-block.tsx';
export {
  Columns,
  type Definition,
  DefinitionList,
  Section,
  type SectionProps,
} from './display/definition-list.tsx';
export { type Outcome, OutcomeGrid, OutcomeRow } from './display/outcome-grid.tsx';
export { type Stat, StatTiles } from './display/stat-tiles.tsx';
export { Actions, StateBar, type StateBarProps, type Transition } from './display/state-bar.tsx';
export { type Step, type StepState, Steps } from './display/steps.tsx';
export { type Choosing, type Column, Pager, type PagerProps, Table, type TableProps } from './display/table.tsx';
export { type Tab, Tabs } from './display/tabs.tsx';
export { type Change, Timeline, type TimelineEntry } from './display/timeline.tsx';
export { type Vessel, type VesselMark, Vessels } from './display/vessels.tsx';
export { Badge, type BadgeValue } from './feedback/badge.tsx';
export { ClockChip, type ClockValue } from './feedback/clock-chip.tsx';
export { EmptyState, type EmptyStateProps } from './feedback/empty-state.tsx';
export { Explain, type ExplainProps } from './feedback/explain.tsx';
export { Live, type LiveProps } from './feedback/live.tsx';
export { Notice, type NoticeValue, type Tone } from './feedback/notice.tsx';
export { Progress, type ProgressProps } from './feedback/progress.tsx';
export { Day, When } from './feedback/when.tsx';
export {
  Button,
  ButtonForm,
  type ButtonFormProps,
  type ButtonKind,
  type ButtonProps,
  LinkButton,
  type LinkButtonProps,
} from './form/button.tsx';
export { CheckboxesField, CheckboxField, type Choice, RadioField, SelectField } from './form/choices.tsx';
export { Dialog, DialogLink } from './form/dialog.tsx';
export {
  type ControlProps,
  FieldFrame,
  type FieldProps,
  FileField,
  HiddenField,
  InputField,
  type InputKind,
  TextAreaField,
} from './form/field.tsx';
export { fieldId, problemOf } from './form/field-id.ts';
export { type Filter, Filters, type FiltersProps } from './form/filters.tsx';
export { Csrf, ErrorSummary, Fieldset, Form, FormActions, FormProof, type FormProps } from './form/form.tsx';
export {
  formatDate,
  formatDay,
  formatDuration,
  formatNumber,
  formatRelative,
  formatShare,
  formatSize,
  formatTime,
  formatValue,
  type Locale,
  type Value,
} from './format.ts';
export { Icon, type IconName, iconNames } from './icon.tsx';
export { BarePage, type BarePageProps } from './layout/bare-page.tsx';
export type { MenuEntry, MenuSection } from './layout/menu.tsx';
export { type PageProps, Shell, type Surroundings } from './layout/shell.tsx';
export type { LinkValue, PersonMenu } from './layout/top-bar.tsx';
export { safeHref, withQuery } from './link.ts';
export { isTheme, type Reader, reader, Say, type Theme, themes } from './reader.tsx';
export { renderFragment, renderPage } from './render.tsx';
