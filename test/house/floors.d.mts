export interface SeenModule {
  readonly path: string;
  readonly imports: readonly { readonly to: string; readonly isType: boolean }[];
}
export function readFloors(page?: string): ReadonlyMap<string, number>;
export function readModules(folders?: readonly string[]): readonly SeenModule[];
export function violationsOf(modules: readonly SeenModule[], floors: ReadonlyMap<string, number>): readonly string[];
export function checkFloors(): {
  readonly modules: number;
  readonly imports: number;
  readonly violations: readonly string[];
};
