export type { Who } from '../http/index.ts';
export { can, isRole, may, type Permission, permissions, permit, type Role, require, roles } from './permissions.ts';
