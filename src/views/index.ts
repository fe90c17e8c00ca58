export { type ViewsRoom, viewsRoom } from './slices.ts';
